package org.ctstream.gateway.pdu;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of one data unit, read from front to back. Reading past the end is a {@link PduException}, never an index
 * error. For one thread.
 */
final class PduBytes {
    private final byte[] bytes;
    private final String what;
    private final int end;
    private int at;

    PduBytes(byte[] bytes, String what) {
        this(bytes, 0, bytes.length, what);
    }

    private PduBytes(byte[] bytes, int start, int end, String what) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
        this.what = what;
    }

    boolean hasMore() {
        return at < end;
    }

    int u8() throws PduException {
        return bytes[advance(1)] & 0xFF;
    }

    int u16() throws PduException {
        int start = advance(2);
        return (bytes[start] & 0xFF) << 8 | (bytes[start + 1] & 0xFF);
    }

    long u32() throws PduException {
        return (long) u16() << 16 | u16();
    }

    /** Characters of ISO 646, as the protocol's names are; others stay distinct. */
    String text(int length) throws PduException {
        int start = advance(length);
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    /** All that is left as a UID, without padding. */
    String uid() throws PduException {
        int length = end - at;
        if (length > Uids.MAX_LENGTH + 1) {
            throw invalid("a UID of " + length + " bytes (expected: 1 to " + Uids.MAX_LENGTH + ")");
        }
        return Uids.unpadded(text(length));
    }

    void skip(int length) throws PduException {
        int unused = advance(length);
    }

    /** A part of it, behind which reading goes on. */
    PduBytes part(long length, String name) throws PduException {
        int start = advance(length);
        return new PduBytes(bytes, start, start + (int) length, name);
    }

    /** A part of it that is data. */
    Fragment fragment(int contextId, boolean command, boolean last, long length) throws PduException {
        int start = advance(length);
        return new Fragment(contextId, command, last, bytes, start, (int) length);
    }

    PduException invalid(String detail) {
        return new PduException(AbortReason.INVALID_PARAMETER, what + ": " + detail);
    }

    private int advance(long length) throws PduException {
        if (length > end - at) {
            throw invalid("it ends " + (length - (end - at)) + " bytes too early");
        }
        int start = at;
        at += (int) length;
        return start;
    }
}
