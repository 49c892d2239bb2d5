package org.ctstream.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes data elements with short text values, in the byte order and with the VRs of the file they go to. */
final class ElementCopy {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean explicitVr;
    private final boolean bigEndian;

    ElementCopy(boolean explicitVr, boolean bigEndian) {
        this.explicitVr = explicitVr;
        this.bigEndian = bigEndian;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Elements already encoded so. */
    void copy(byte[] encoded) {
        out.writeBytes(encoded);
    }

    /** A text of a VR with the short form, padded to even length. */
    void text(int tag, String vr, String value) {
        String pad = value.length() % 2 == 0 ? "" : vr.equals("UI") ? "\0" : " ";
        byte[] bytes = (value + pad).getBytes(StandardCharsets.US_ASCII);
        u16(tag >>> 16);
        u16(tag & 0xFFFF);
        if (explicitVr) {
            out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
            u16(bytes.length);
        } else {
            u32(bytes.length);
        }
        out.writeBytes(bytes);
    }

    /** FileMetaInformationVersion (0002,0001): 00 01. */
    void metaVersion() {
        u16(0x0002);
        u16(0x0001);
        out.writeBytes("OB".getBytes(StandardCharsets.US_ASCII));
        u16(0);
        u32(2);
        out.write(0);
        out.write(1);
    }

    /** FileMetaInformationGroupLength (0002,0000). */
    void metaLength(int length) {
        u16(0x0002);
        u16(0x0000);
        out.writeBytes("UL".getBytes(StandardCharsets.US_ASCII));
        u16(4);
        u32(length);
    }

    private void u16(int value) {
        out.write(bigEndian ? value >> 8 : value);
        out.write(bigEndian ? value : value >> 8);
    }

    private void u32(int value) {
        u16(bigEndian ? value >>> 16 : value & 0xFFFF);
        u16(bigEndian ? value & 0xFFFF : value >>> 16);
    }
}
