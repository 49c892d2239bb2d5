package org.ctstream.imaging.dicom;

import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * Finds the end of sequences whose length is not written, without keeping anything of them. Nesting is bounded, so that
 * a file of nothing but opened sequences ends in an error and not in a stack overflow.
 *
 * @see "DICOM PS3.5 7.5, Nesting of Data Sets"
 */
final class SequenceSkipper {

    /** Structured reports nest about ten deep, images three or four. */
    private static final int MAX_DEPTH = 32;

    private final DecodeDeadline deadline;

    SequenceSkipper(DecodeDeadline deadline) {
        this.deadline = deadline;
    }

    /** The offset behind an element, whatever its length is written as. */
    long skip(DicomBytes bytes, ElementHeader element) throws ScanDecodeException {
        return skip(bytes, element, 0);
    }

    private long skip(DicomBytes bytes, ElementHeader element, int depth) throws ScanDecodeException {
        if (!element.undefinedLength()) {
            bytes.window().require(element.valueOffset(), element.length(), field(element));
            return element.end();
        }
        if (depth == MAX_DEPTH) {
            throw corrupt(element, "sequences nested more than " + MAX_DEPTH + " deep");
        }
        DicomBytes inside = element.vr().equals("UN") ? bytes.asImplicit() : bytes;
        long offset = element.valueOffset();
        ElementHeader item = ElementHeader.at(inside, offset);
        while (item.tag() != ElementHeader.SEQUENCE_DELIMITER) {
            deadline.check("DICOM");
            if (item.tag() != ElementHeader.ITEM) {
                throw corrupt(element, "the sequence holds " + DicomTag.display(item.tag()) + " (expected: an item)");
            }
            offset = item.undefinedLength() ? skipItem(inside, item, depth) : skip(inside, item, depth);
            item = ElementHeader.at(inside, offset);
        }
        return item.valueOffset();
    }

    private long skipItem(DicomBytes bytes, ElementHeader item, int depth) throws ScanDecodeException {
        long offset = item.valueOffset();
        ElementHeader element = ElementHeader.at(bytes, offset);
        while (element.tag() != ElementHeader.ITEM_DELIMITER) {
            deadline.check("DICOM");
            offset = skip(bytes, element, depth + 1);
            element = ElementHeader.at(bytes, offset);
        }
        return element.valueOffset();
    }

    private static String field(ElementHeader element) {
        return "DICOM element " + DicomTag.display(element.tag());
    }

    private static ScanDecodeException corrupt(ElementHeader element, String detail) {
        return new ScanDecodeException(
                Reason.CORRUPT, field(element), detail, "send the whole file again; its sequences are damaged");
    }
}
