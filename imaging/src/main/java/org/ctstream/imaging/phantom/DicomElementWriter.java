package org.ctstream.imaging.phantom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes data elements into memory, in tag order as the caller gives them.
 *
 * <p>Not thread-safe.
 *
 * @see "DICOM PS3.5 7.1, Data Elements"
 */
final class DicomElementWriter {

    private static final Set<String> LONG_FORM = Set.of("OB", "OW", "SQ", "UN", "UT");
    private static final int ITEM = 0xFFFEE000;
    private static final int SEQUENCE_DELIMITER = 0xFFFEE0DD;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean explicitVr;
    private final boolean bigEndian;

    DicomElementWriter(boolean explicitVr, boolean bigEndian) {
        this.explicitVr = explicitVr;
        this.bigEndian = bigEndian;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void text(int tag, String vr, String value) {
        String pad = value.length() % 2 == 0 ? "" : vr.equals("UI") ? "\0" : " ";
        element(tag, vr, (value + pad).getBytes(StandardCharsets.US_ASCII));
    }

    void unsignedShort(int tag, int value) {
        element(
                tag,
                "US",
                bigEndian
                        ? new byte[] {(byte) (value >> 8), (byte) value}
                        : new byte[] {(byte) value, (byte) (value >> 8)});
    }

    void unsignedLong(int tag, long value) {
        header(tag, "UL", 4);
        u32(value);
    }

    /** A value whose bytes are already in the right order, padded to even length. */
    void element(int tag, String vr, byte[] value) {
        header(tag, vr, value.length + value.length % 2);
        out.writeBytes(value);
        if (value.length % 2 == 1) {
            out.write(0);
        }
    }

    /** 16-bit words in this writer's byte order. */
    void words(int tag, short[] values) {
        header(tag, "OW", 2 * values.length);
        for (short value : values) {
            u16(value & 0xFFFF);
        }
    }

    /** An encapsulated frame: empty offset table, one fragment, end. */
    void encapsulated(int tag, byte[] frame) {
        header(tag, "OB", -1);
        u32Tag(ITEM);
        u32(0);
        u32Tag(ITEM);
        u32(frame.length + frame.length % 2);
        out.writeBytes(frame);
        if (frame.length % 2 == 1) {
            out.write(0);
        }
        u32Tag(SEQUENCE_DELIMITER);
        u32(0);
    }

    private void header(int tag, String vr, int length) {
        u32Tag(tag);
        if (!explicitVr) {
            u32(length);
            return;
        }
        out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
        if (LONG_FORM.contains(vr)) {
            u16(0);
            u32(length);
        } else {
            u16(length);
        }
    }

    private void u32Tag(int tag) {
        u16(tag >>> 16);
        u16(tag & 0xFFFF);
    }

    private void u16(int value) {
        out.write(bigEndian ? value >> 8 : value);
        out.write(bigEndian ? value : value >> 8);
    }

    private void u32(long value) {
        u16((int) (bigEndian ? value >>> 16 : value) & 0xFFFF);
        u16((int) (bigEndian ? value : value >>> 16) & 0xFFFF);
    }
}
