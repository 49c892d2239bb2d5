package org.ctstream.imaging.dicom;

import java.util.Optional;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * How the stored values lie in PixelData, checked for agreement with itself and with the limits.
 *
 * @param rows height
 * @param columns width
 * @param photometric which colours the values mean
 * @param bitsAllocated 8 or 16 bits that each value takes
 * @param bitsStored bits of those that carry the value
 * @param highBit position of the value's top bit
 * @param signed whether values are two's complement
 * @param planar whether each colour has its own plane
 * @see "DICOM PS3.3 C.7.6.3, Image Pixel Module"
 */
record PixelLayout(
        int rows,
        int columns,
        Photometric photometric,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        boolean planar) {

    static PixelLayout of(DicomDataSet dataSet, DecodeLimits limits) throws ScanDecodeException {
        checkSingleFrame(dataSet);
        int rows = dataSet.requiredUnsignedShort(DicomTag.Rows);
        int columns = dataSet.requiredUnsignedShort(DicomTag.Columns);
        limits.checkGeometry("DICOM", columns, rows);
        Photometric photometric = Photometric.of(dataSet.requiredText(DicomTag.PhotometricInterpretation));
        int samples = dataSet.unsignedShort(DicomTag.SamplesPerPixel).orElse(photometric.samples);
        if (samples != photometric.samples) {
            throw DicomDataSet.corrupt(
                    DicomTag.SamplesPerPixel,
                    "%d samples for %s (expected: %d)".formatted(samples, photometric, photometric.samples));
        }
        int allocated = dataSet.requiredUnsignedShort(DicomTag.BitsAllocated);
        checkAllocated(allocated, photometric);
        int stored = dataSet.unsignedShort(DicomTag.BitsStored).orElse(allocated);
        int high = dataSet.unsignedShort(DicomTag.HighBit).orElse(stored - 1);
        if (stored < 1 || stored > allocated || high < stored - 1 || high >= allocated) {
            throw DicomDataSet.corrupt(
                    DicomTag.BitsStored,
                    "bits allocated %d, stored %d, high bit %d do not fit together".formatted(allocated, stored, high));
        }
        boolean signed = dataSet.unsignedShort(DicomTag.PixelRepresentation).orElse(0) == 1;
        boolean planar = dataSet.unsignedShort(DicomTag.PlanarConfiguration).orElse(0) == 1;
        return new PixelLayout(rows, columns, photometric, allocated, stored, high, signed, planar);
    }

    int pixels() {
        return rows * columns;
    }

    /** Bytes of one uncompressed frame; the checks in {@link #of} keep it within an int. */
    int frameBytes() {
        return Math.multiplyExact(pixels(), photometric.samples * (bitsAllocated / 8));
    }

    /** The same layout with one plane per colour. */
    PixelLayout asPlanar() {
        return new PixelLayout(rows, columns, photometric, bitsAllocated, bitsStored, highBit, signed, true);
    }

    private static void checkSingleFrame(DicomDataSet dataSet) throws ScanDecodeException {
        Optional<Double> frames = dataSet.decimal(DicomTag.NumberOfFrames);
        if (frames.isPresent() && frames.get() != 1) {
            throw new ScanDecodeException(
                    Reason.UNSUPPORTED_LAYOUT,
                    DicomTag.NumberOfFrames.display(),
                    "the object holds %.0f frames (expected: 1)".formatted(frames.get()),
                    "send each slice as an object of its own; which frame to classify cannot be guessed");
        }
    }

    private static void checkAllocated(int allocated, Photometric photometric) throws ScanDecodeException {
        if (allocated != 8 && (allocated != 16 || photometric.samples != 1)) {
            throw new ScanDecodeException(
                    Reason.UNSUPPORTED_LAYOUT,
                    DicomTag.BitsAllocated.display(),
                    "%d bits allocated for %s (expected: 8 or 16 for grey, 8 for colour)"
                            .formatted(allocated, photometric),
                    "export the slice as a CT or secondary capture image with 8 or 16 bits");
        }
    }
}
