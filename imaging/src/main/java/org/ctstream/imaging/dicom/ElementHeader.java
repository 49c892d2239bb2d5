package org.ctstream.imaging.dicom;

import java.util.Set;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The start of one data element.
 *
 * @param tag group in the upper 16 bits, element in the lower
 * @param vr two letters, empty if the syntax writes none
 * @param length bytes of the value, or {@link #UNDEFINED}
 * @param valueOffset where the value starts
 * @see "DICOM PS3.5 7.1, Data Elements"
 */
record ElementHeader(int tag, String vr, long length, long valueOffset) {

    static final long UNDEFINED = 0xFFFF_FFFFL;
    static final int ITEM = 0xFFFE_E000;
    static final int ITEM_DELIMITER = 0xFFFE_E00D;
    static final int SEQUENCE_DELIMITER = 0xFFFE_E0DD;

    private static final int DELIMITER_GROUP = 0xFFFE;
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
    private static final Set<String> SHORT_FORM = Set.of(
            "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM",
            "UI", "UL", "US");

    static ElementHeader at(DicomBytes bytes, long offset) throws ScanDecodeException {
        int tag = bytes.tag(offset, "DICOM data element");
        String field = "DICOM element " + DicomTag.display(tag);
        if (!bytes.explicitVr() || tag >>> 16 == DELIMITER_GROUP) {
            return new ElementHeader(tag, "", bytes.u32(offset + 4, field), offset + 8);
        }
        String vr = bytes.window().text(offset + 4, 2, field);
        if (LONG_FORM.contains(vr)) {
            return new ElementHeader(tag, vr, bytes.u32(offset + 8, field), offset + 12);
        }
        if (SHORT_FORM.contains(vr)) {
            return new ElementHeader(tag, vr, bytes.u16(offset + 6, field), offset + 8);
        }
        throw new ScanDecodeException(
                Reason.CORRUPT,
                field,
                "no value representation of the standard stands at offset " + (offset + 4),
                "check that the file's transfer syntax is the one it declares, and send it again");
    }

    boolean undefinedLength() {
        return length == UNDEFINED;
    }

    /** Where the next element starts, for a defined length. */
    long end() {
        return valueOffset + length;
    }
}
