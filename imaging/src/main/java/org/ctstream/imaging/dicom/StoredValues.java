package org.ctstream.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ctstream.imaging.bounds.ByteWindow;

/**
 * The stored values of a grey image as bit patterns: shifted and masked to BitsStored, sign not yet applied, so that
 * each one indexes a table of all values there can be.
 *
 * <p>Written once by the factory, then only read.
 */
final class StoredValues {

    private final PixelLayout layout;
    private final short[] patterns;

    private StoredValues(PixelLayout layout, short[] patterns) {
        this.layout = layout;
        this.patterns = patterns;
    }

    /** From uncompressed bytes; the caller has checked that there are enough. */
    static StoredValues ofNative(ByteWindow bytes, PixelLayout layout, boolean bigEndian, boolean swappedPairs) {
        short[] patterns = new short[layout.pixels()];
        byte[] in = bytes.array();
        int start = bytes.arrayOffset();
        int mask = (1 << layout.bitsStored()) - 1;
        int shift = layout.highBit() - layout.bitsStored() + 1;
        if (layout.bitsAllocated() == 8) {
            int swap = swappedPairs ? 1 : 0;
            int last = bytes.length() - 1;
            for (int i = 0; i < patterns.length; i++) {
                patterns[i] = (short) (((in[start + Math.min(last, i ^ swap)] & 0xFF) >>> shift) & mask);
            }
        } else {
            ByteBuffer.wrap(in, start, 2 * patterns.length)
                    .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(patterns);
            for (int i = 0; i < patterns.length; i++) {
                patterns[i] = (short) (((patterns[i] & 0xFFFF) >>> shift) & mask);
            }
        }
        return new StoredValues(layout, patterns);
    }

    /** From the byte planes of an RLE frame, most significant first: the bytes of a big-endian word taken apart. */
    static StoredValues ofPlanes(byte[] planes, PixelLayout layout) {
        if (layout.bitsAllocated() == 8) {
            return ofNative(ByteWindow.of(planes, "RLE frame"), layout, false, false);
        }
        byte[] words = new byte[planes.length];
        int pixels = layout.pixels();
        for (int i = 0; i < pixels; i++) {
            words[2 * i] = planes[i];
            words[2 * i + 1] = planes[pixels + i];
        }
        return ofNative(ByteWindow.of(words, "RLE frame"), layout, true, false);
    }

    PixelLayout layout() {
        return layout;
    }

    int count() {
        return patterns.length;
    }

    /** What a table of all bit patterns holds for each value. */
    byte[] through(byte[] table) {
        byte[] mapped = new byte[patterns.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = table[patterns[i] & 0xFFFF];
        }
        return mapped;
    }

    /** The bit pattern of one value, 0 to 2^BitsStored - 1. */
    int pattern(int index) {
        return patterns[index] & 0xFFFF;
    }

    /** What a bit pattern is worth, after the sign. */
    int value(int pattern) {
        int bits = layout.bitsStored();
        return layout.signed() && pattern >>> (bits - 1) == 1 ? pattern - (1 << bits) : pattern;
    }
}
