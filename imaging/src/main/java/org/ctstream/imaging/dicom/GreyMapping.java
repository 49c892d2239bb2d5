package org.ctstream.imaging.dicom;

import java.util.Optional;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.HuWindow;

/**
 * Decides how stored values become grey levels, and maps them. The first rule that applies decides:
 *
 * <ol>
 *   <li>Modality CT with RescaleSlope and RescaleIntercept, and RescaleType HU or absent: the values become HU and go
 *       through the lung window (center -600 HU, width 1500 HU), whatever window the file suggests. MONOCHROME1 does not
 *       invert here: HU are physical, the attribute only says how a viewer shows them, and the network must see air dark.
 *   <li>WindowCenter and WindowWidth (first pair) with the linear VOI function: that window, on the values after the
 *       rescale terms, if there are any. Other VOI functions leave the rule unused.
 *   <li>At most 8 bits stored: the values themselves, from the smallest the bits allow (0) to the largest (255).
 *   <li>Modality CT without any of these: an error, since guessing the contrast of a CT slice would hide it.
 *   <li>Otherwise (a secondary capture of more than 8 bits): linear from the smallest to the largest value in the image,
 *       leaving out PixelPaddingValue.
 * </ol>
 *
 * Under the rules 2, 3 and 5, MONOCHROME1 is inverted, so that more is always brighter.
 *
 * @see "DICOM PS3.3 C.11.1 Modality LUT, C.11.2 VOI LUT, C.7.6.3.1.2 Photometric Interpretation"
 */
final class GreyMapping {

    private final StoredValues stored;
    private final DicomDataSet dataSet;
    private final double slope;
    private final double intercept;
    private final boolean rescaled;

    GreyMapping(StoredValues stored, DicomDataSet dataSet) throws ScanDecodeException {
        Optional<Double> fileSlope = dataSet.decimal(DicomTag.RescaleSlope);
        Optional<Double> fileIntercept = dataSet.decimal(DicomTag.RescaleIntercept);
        this.stored = stored;
        this.dataSet = dataSet;
        this.rescaled = fileSlope.isPresent() && fileIntercept.isPresent();
        this.slope = fileSlope.orElse(1.0);
        this.intercept = fileIntercept.orElse(0.0);
        if (slope == 0) {
            throw DicomDataSet.corrupt(DicomTag.RescaleSlope, "the slope is 0, which makes all pixels equal");
        }
    }

    GreySlice map() throws ScanDecodeException {
        return new GreySlice(stored.layout().rows(), stored.layout().columns(), stored.through(table()));
    }

    private byte[] table() throws ScanDecodeException {
        boolean ct = dataSet.text(DicomTag.Modality).filter("CT"::equals).isPresent();
        if (ct && rescaled && inHounsfieldUnits()) {
            return windowed(HuWindow.LUNG, false);
        }
        boolean inverted = stored.layout().photometric() == Photometric.MONOCHROME1;
        Optional<HuWindow> window = fileWindow();
        if (window.isPresent()) {
            return windowed(window.get(), inverted);
        }
        if (stored.layout().bitsStored() <= 8) {
            return spread(lowest(), lowest() + (1 << stored.layout().bitsStored()) - 1, inverted);
        }
        if (ct) {
            throw DicomDataSet.missing(DicomTag.RescaleSlope);
        }
        return fromSmallestToLargest(inverted);
    }

    private boolean inHounsfieldUnits() throws ScanDecodeException {
        return dataSet.text(DicomTag.RescaleType).map("HU"::equals).orElse(true);
    }

    private Optional<HuWindow> fileWindow() throws ScanDecodeException {
        Optional<Double> center = dataSet.decimal(DicomTag.WindowCenter);
        Optional<Double> width = dataSet.decimal(DicomTag.WindowWidth);
        boolean linear =
                dataSet.text(DicomTag.VOILUTFunction).map("LINEAR"::equals).orElse(true);
        return linear && center.isPresent() && width.isPresent() && width.get() >= 1
                ? Optional.of(new HuWindow(center.get(), width.get()))
                : Optional.empty();
    }

    private byte[] windowed(HuWindow window, boolean inverted) {
        byte[] grey = new byte[1 << stored.layout().bitsStored()];
        for (int pattern = 0; pattern < grey.length; pattern++) {
            int level = window.grey(slope * stored.value(pattern) + intercept);
            grey[pattern] = (byte) (inverted ? 255 - level : level);
        }
        return grey;
    }

    /** Linear between two stored values, rounded half up. */
    private byte[] spread(int black, int white, boolean inverted) {
        byte[] grey = new byte[1 << stored.layout().bitsStored()];
        long span = Math.max(1, (long) white - black);
        for (int pattern = 0; pattern < grey.length; pattern++) {
            long above = Math.min(span, Math.max(0, (long) stored.value(pattern) - black));
            int level = (int) ((above * 255 * 2 + span) / (span * 2));
            grey[pattern] = (byte) (inverted ? 255 - level : level);
        }
        return grey;
    }

    private int lowest() {
        return stored.layout().signed() ? -(1 << (stored.layout().bitsStored() - 1)) : 0;
    }

    private byte[] fromSmallestToLargest(boolean inverted) throws ScanDecodeException {
        int mask = (1 << stored.layout().bitsStored()) - 1;
        int padding = dataSet.unsignedShort(DicomTag.PixelPaddingValue)
                .map(value -> value & mask)
                .orElse(-1);
        int smallest = Integer.MAX_VALUE;
        int largest = Integer.MIN_VALUE;
        for (int i = 0; i < stored.count(); i++) {
            int pattern = stored.pattern(i);
            if (pattern != padding) {
                smallest = Math.min(smallest, stored.value(pattern));
                largest = Math.max(largest, stored.value(pattern));
            }
        }
        return spread(smallest, largest, inverted);
    }
}
