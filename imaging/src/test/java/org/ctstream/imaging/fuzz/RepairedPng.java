package org.ctstream.imaging.fuzz;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Sets right what random changes of a PNG always break, the signature and the chunks' checksums, so that a fuzzer gets to
 * what lies behind the checks of both.
 */
public final class RepairedPng {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int FRAME_BYTES = 12;

    private RepairedPng() {}

    /** A copy with the signature in front and the right checksum behind each chunk that is whole. */
    public static byte[] of(byte[] png) {
        if (png.length < Long.BYTES) {
            return png;
        }
        ByteBuffer bytes = ByteBuffer.wrap(png.clone());
        bytes.putLong(0, SIGNATURE);
        long offset = Long.BYTES;
        while (offset + FRAME_BYTES <= png.length) {
            long length = Integer.toUnsignedLong(bytes.getInt((int) offset));
            if (offset + FRAME_BYTES + length > png.length) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(bytes.array(), (int) offset + 4, (int) length + 4);
            bytes.putInt((int) (offset + 8 + length), (int) crc.getValue());
            offset += FRAME_BYTES + length;
        }
        return bytes.array();
    }
}
