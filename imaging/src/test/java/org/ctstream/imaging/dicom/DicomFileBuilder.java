package org.ctstream.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hand-made DICOM files for tests: starts as a valid 2 × 3 image of 16 bits, and lets a test change the one thing it is
 * about.
 */
final class DicomFileBuilder {

    private static final Set<String> LONG_FORM = Set.of("OB", "OW", "SQ", "UN", "UT");

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Element(String vr, byte[] value, boolean undefinedLength) {}

    private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);
    private String syntaxUid = "1.2.840.10008.1.2.1";
    private boolean explicitVr = true;
    private boolean bigEndian;

    static DicomFileBuilder valid() {
        return new DicomFileBuilder()
                .us(0x00280002, 1)
                .text(0x00280004, "CS", "MONOCHROME2")
                .us(0x00280010, 2)
                .us(0x00280011, 3)
                .us(0x00280100, 16)
                .us(0x00280101, 16)
                .us(0x00280102, 15)
                .us(0x00280103, 0)
                .words(0, 1, 2, 3, 4, 5);
    }

    DicomFileBuilder syntax(String uid) {
        this.syntaxUid = uid;
        return this;
    }

    DicomFileBuilder implicitVr() {
        this.explicitVr = false;
        return syntax("1.2.840.10008.1.2");
    }

    /** Must be called before values that depend on it are added. */
    DicomFileBuilder bigEndian() {
        this.bigEndian = true;
        elements.clear();
        return syntax("1.2.840.10008.1.2.2");
    }

    DicomFileBuilder text(int tag, String vr, String value) {
        String even = value.length() % 2 == 0 ? value : value + " ";
        return put(tag, vr, even.getBytes(StandardCharsets.ISO_8859_1));
    }

    DicomFileBuilder us(int tag, int value) {
        return put(tag, "US", u16(value));
    }

    DicomFileBuilder words(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int value : values) {
            out.writeBytes(u16(value));
        }
        return put(0x7FE00010, "OW", out.toByteArray());
    }

    DicomFileBuilder bytes(int... values) {
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) values[i];
        }
        return put(0x7FE00010, "OB", out);
    }

    DicomFileBuilder put(int tag, String vr, byte[] value) {
        elements.put(tag, new Element(vr, value, false));
        return this;
    }

    /** An element of undefined length; the value brings its own items and delimiters. */
    DicomFileBuilder undefined(int tag, String vr, byte[] value) {
        elements.put(tag, new Element(vr, value, true));
        return this;
    }

    DicomFileBuilder without(int tag) {
        elements.remove(tag);
        return this;
    }

    byte[] build() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        DicomFileBuilder meta = new DicomFileBuilder().text(0x00020010, "UI", syntaxUid);
        meta.elements.forEach((tag, element) -> out.writeBytes(meta.encode(tag, element)));
        elements.forEach((tag, element) -> out.writeBytes(encode(tag, element)));
        return out.toByteArray();
    }

    private byte[] encode(int tag, Element element) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u16(tag >>> 16));
        out.writeBytes(u16(tag));
        int length = element.undefinedLength() ? -1 : element.value().length;
        if (explicitVr && !LONG_FORM.contains(element.vr())) {
            out.writeBytes(element.vr().getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(u16(length));
        } else {
            if (explicitVr) {
                out.writeBytes(element.vr().getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(u16(0));
            }
            out.writeBytes(u32(length));
        }
        out.writeBytes(element.value());
        return out.toByteArray();
    }

    /** Raw little-endian item or delimiter: tag and length. */
    static byte[] item(int tag, long length) {
        DicomFileBuilder little = new DicomFileBuilder();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little.u16(tag >>> 16));
        out.writeBytes(little.u16(tag));
        out.writeBytes(little.u32(length));
        return out.toByteArray();
    }

    private byte[] u16(int value) {
        return bigEndian
                ? new byte[] {(byte) (value >> 8), (byte) value}
                : new byte[] {(byte) value, (byte) (value >> 8)};
    }

    private byte[] u32(long value) {
        byte[] low = u16((int) value & 0xFFFF);
        byte[] high = u16((int) (value >>> 16) & 0xFFFF);
        return bigEndian
                ? new byte[] {high[0], high[1], low[0], low[1]}
                : new byte[] {low[0], low[1], high[0], high[1]};
    }
}
