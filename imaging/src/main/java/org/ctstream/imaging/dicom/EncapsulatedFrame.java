package org.ctstream.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * The one compressed frame of an encapsulated PixelData: the fragments behind the offset table, joined.
 *
 * @see "DICOM PS3.5 A.4, Transfer Syntaxes for Encapsulation of Encoded Pixel Data"
 */
final class EncapsulatedFrame {

    private static final String FIELD = DicomTag.PixelData.display();

    private EncapsulatedFrame() {}

    static ByteWindow of(DicomBytes bytes, ElementHeader pixelData) throws ScanDecodeException {
        if (!pixelData.undefinedLength()) {
            throw DicomDataSet.corrupt(
                    DicomTag.PixelData, "compressed pixels with a defined length (expected: fragments)");
        }
        List<ByteWindow> fragments = fragments(bytes, pixelData.valueOffset());
        if (fragments.size() == 1) {
            return fragments.get(0);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (ByteWindow fragment : fragments) {
            joined.write(fragment.array(), fragment.arrayOffset(), fragment.length());
        }
        return ByteWindow.of(joined.toByteArray(), "compressed frame");
    }

    /** Every item but the first, which is the offset table and useless for a single frame. */
    private static List<ByteWindow> fragments(DicomBytes bytes, long first) throws ScanDecodeException {
        List<ByteWindow> items = new ArrayList<>();
        long offset = first;
        ElementHeader item = ElementHeader.at(bytes, offset);
        while (item.tag() != ElementHeader.SEQUENCE_DELIMITER) {
            if (item.tag() != ElementHeader.ITEM || item.undefinedLength()) {
                throw DicomDataSet.corrupt(
                        DicomTag.PixelData, "the fragments are interrupted by " + DicomTag.display(item.tag()));
            }
            items.add(bytes.window().slice(item.valueOffset(), item.length(), FIELD));
            offset = item.end();
            item = ElementHeader.at(bytes, offset);
        }
        if (items.size() < 2) {
            throw DicomDataSet.corrupt(DicomTag.PixelData, "no compressed fragment");
        }
        return items.subList(1, items.size());
    }
}
