package org.ctstream.imaging.bounds;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A read-only range of untrusted bytes whose every access is checked against the range: reading past the end is a
 * {@link ScanDecodeException} naming what was being read, never an index error. Offsets are {@code long} so that sums of
 * declared lengths cannot overflow.
 *
 * <p>The bytes are shared, not copied. Thread-safe while nobody writes them.
 */
public final class ByteWindow {

    private final byte[] bytes;
    private final int start;
    private final int length;
    private final String format;

    private ByteWindow(byte[] bytes, int start, int length, String format) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
        this.format = format;
    }

    /**
     * All of an array.
     *
     * @param format what the bytes claim to be, for messages
     */
    public static ByteWindow of(byte[] bytes, String format) {
        return new ByteWindow(bytes, 0, bytes.length, Objects.requireNonNull(format, "format"));
    }

    public int length() {
        return length;
    }

    public int u8(long offset, String field) throws ScanDecodeException {
        return bytes[index(offset, 1, field)] & 0xFF;
    }

    public int u16be(long offset, String field) throws ScanDecodeException {
        int at = index(offset, 2, field);
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    public int u16le(long offset, String field) throws ScanDecodeException {
        return Short.toUnsignedInt(Short.reverseBytes((short) u16be(offset, field)));
    }

    public int s32be(long offset, String field) throws ScanDecodeException {
        return (u16be(offset, field) << 16) | u16be(offset + 2, field);
    }

    public long u32be(long offset, String field) throws ScanDecodeException {
        return Integer.toUnsignedLong(s32be(offset, field));
    }

    public int s32le(long offset, String field) throws ScanDecodeException {
        return Integer.reverseBytes(s32be(offset, field));
    }

    public long u32le(long offset, String field) throws ScanDecodeException {
        return Integer.toUnsignedLong(s32le(offset, field));
    }

    /** Bytes as ISO 646/8859-1 text, without a trailing pad; meant for short header fields. */
    public String text(long offset, long count, String field) throws ScanDecodeException {
        int at = index(offset, count, field);
        return new String(bytes, at, (int) count, StandardCharsets.ISO_8859_1);
    }

    /** A copy of a range, allocated only after the range is known to lie inside. */
    public byte[] copy(long offset, long count, String field) throws ScanDecodeException {
        int at = index(offset, count, field);
        return Arrays.copyOfRange(bytes, at, at + (int) count);
    }

    /** A part of this window; shares the bytes. */
    public ByteWindow slice(long offset, long count, String field) throws ScanDecodeException {
        return new ByteWindow(bytes, index(offset, count, field), (int) count, format);
    }

    /** Whether the window holds exactly these bytes at an offset; false past the end. */
    public boolean matches(long offset, byte[] expected) {
        return offset >= 0
                && offset <= length - expected.length
                && Arrays.equals(
                        bytes,
                        start + (int) offset,
                        start + (int) offset + expected.length,
                        expected,
                        0,
                        expected.length);
    }

    /**
     * The shared array, for codecs and inner loops; valid from {@link #arrayOffset()} for {@link #length()} bytes.
     */
    public byte[] array() {
        return bytes;
    }

    public int arrayOffset() {
        return start;
    }

    /** Checks that a range lies inside. */
    public void require(long offset, long count, String field) throws ScanDecodeException {
        index(offset, count, field);
    }

    private int index(long offset, long count, String field) throws ScanDecodeException {
        if (offset < 0 || count < 0 || offset > length || count > length - offset) {
            throw new ScanDecodeException(
                    ScanDecodeException.Reason.TRUNCATED,
                    field,
                    "%s needs %d bytes at offset %d, of %d present"
                            .formatted(format, count, offset, Math.max(0, length - Math.max(0, offset))),
                    "send the whole file again; it was cut off or its length fields are damaged");
        }
        return start + (int) offset;
    }
}
