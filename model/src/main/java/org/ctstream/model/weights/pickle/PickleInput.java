package org.ctstream.model.weights.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Numbers and texts as pickles write them, little-endian; never reads, nor takes memory, beyond the bytes there are. */
final class PickleInput {
    private static final int LONGEST_LINE = 256;

    private final ByteBuffer bytes;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int unsignedByte() throws PickleException {
        require(1);
        return bytes.get() & 0xff;
    }

    int unsignedShort() throws PickleException {
        return unsignedByte() | unsignedByte() << 8;
    }

    int signedInt() throws PickleException {
        return unsignedShort() | unsignedShort() << 16;
    }

    double bigEndianDouble() throws PickleException {
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits = bits << 8 | unsignedByte();
        }
        return Double.longBitsToDouble(bits);
    }

    /** A whole number of so many bytes in two's complement: Long where that holds it, else BigInteger. */
    Number whole(int length) throws PickleException {
        byte[] littleEndian = take(length);
        byte[] bigEndian = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            bigEndian[length - i] = littleEndian[i];
        }
        bigEndian[0] = (byte) (length > 0 && littleEndian[length - 1] < 0 ? -1 : 0);
        BigInteger value = new BigInteger(bigEndian);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    String text(int length, Charset charset) throws PickleException {
        return new String(take(length), charset);
    }

    /** Up to a line feed, without it. */
    String line() throws PickleException {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw new PickleException("a name is longer than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private byte[] take(int length) throws PickleException {
        require(length);
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private void require(int length) throws PickleException {
        if (length < 0 || length > bytes.remaining()) {
            throw new PickleException("it ends early: " + Integer.toUnsignedString(length)
                    + " more bytes expected, found " + bytes.remaining());
        }
    }
}
