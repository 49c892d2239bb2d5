package org.ctstream.imaging.dicom;

import java.io.ByteArrayOutputStream;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.jspecify.annotations.Nullable;

/**
 * The one compressed frame of an encapsulated PixelData: the fragments behind the offset table, joined.
 *
 * @see "DICOM PS3.5 A.4, Transfer Syntaxes for Encapsulation of Encoded Pixel Data"
 */
final class EncapsulatedFrame {

    private static final String FIELD = DicomTag.PixelData.display();

    private EncapsulatedFrame() {}

    static ByteWindow of(DicomBytes bytes, ElementHeader pixelData, DecodeDeadline deadline)
            throws ScanDecodeException {
        if (!pixelData.undefinedLength()) {
            throw DicomDataSet.corrupt(
                    DicomTag.PixelData, "compressed pixels with a defined length (expected: fragments)");
        }
        return join(bytes, pixelData.valueOffset(), deadline);
    }

    /**
     * Every item but the first, which is the offset table and useless for a single frame. Fragments are not listed: a file
     * may hold millions of empty ones.
     */
    private static ByteWindow join(DicomBytes bytes, long first, DecodeDeadline deadline) throws ScanDecodeException {
        @Nullable ByteWindow only = null;
        ByteArrayOutputStream joined = new ByteArrayOutputStream(0);
        long count = 0;
        ElementHeader item = ElementHeader.at(bytes, first);
        for (; item.tag() != ElementHeader.SEQUENCE_DELIMITER; count++) {
            deadline.check("DICOM");
            if (item.tag() != ElementHeader.ITEM || item.undefinedLength()) {
                throw DicomDataSet.corrupt(
                        DicomTag.PixelData, "the fragments are interrupted by " + DicomTag.display(item.tag()));
            }
            ByteWindow fragment = bytes.window().slice(item.valueOffset(), item.length(), FIELD);
            if (count == 1) {
                only = fragment;
            } else if (count > 1) {
                append(joined, only);
                append(joined, fragment);
                only = null;
            }
            item = ElementHeader.at(bytes, item.end());
        }
        if (count < 2) {
            throw DicomDataSet.corrupt(DicomTag.PixelData, "no compressed fragment");
        }
        return only != null ? only : ByteWindow.of(joined.toByteArray(), "compressed frame");
    }

    private static void append(ByteArrayOutputStream joined, @Nullable ByteWindow fragment) {
        if (fragment != null) {
            joined.write(fragment.array(), fragment.arrayOffset(), fragment.length());
        }
    }
}
