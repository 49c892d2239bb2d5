package org.ctstream.imaging.raster;

import java.util.Arrays;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * Follows the LZW codes of one strip or tile by their lengths alone, before the codec sees them. The codec takes 22 kB for a
 * table at each clear code, and forms every string of it as bytes even when the strip has long been full, so that a
 * few kilobytes of codes could cost it gigabytes. Not thread-safe: one object for one strip.
 *
 * @see "TIFF 6.0, section 13, LZW Compression"
 */
final class LzwCodes {

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int SHORTEST_CODE = 9;
    private static final int LONGEST_CODE = 12;

    /** Encoders begin a new table when the old one is full, at some 3,800 codes, or when it has served badly for long. */
    private static final int LEAST_CODES_PER_TABLE = 512;

    /** For the first code of all, which is a clear code, and for what an encoder may do at a strip's end. */
    private static final int TABLES_FREE = 4;

    private final ByteWindow data;
    private final boolean lowBitsFirst;
    private final int[] lengths = new int[1 << LONGEST_CODE];
    private int next;
    private int codeBits;
    private int at;
    private int buffer;
    private int buffered;

    /** @param lowBitsFirst whether the bits of each byte come in reverse order, field FillOrder 2 */
    LzwCodes(ByteWindow data, boolean lowBitsFirst) {
        this.data = data;
        this.lowBitsFirst = lowBitsFirst;
        Arrays.fill(lengths, 0, CLEAR, 1);
        newTable();
    }

    /**
     * @param most bytes that the strip or tile holds
     * @throws ScanDecodeException {@code CORRUPT} for a code that cannot be; {@code TOO_LARGE} for more bytes than that, or
     *     for more tables than an encoder would begin for them
     */
    void check(long most) throws ScanDecodeException {
        long bytes = 0;
        long codes = 0;
        long tables = 0;
        int previous = 0;
        for (int code = nextCode(); code != END; code = nextCode()) {
            codes++;
            if (code == CLEAR) {
                newTable();
                require(
                        ++tables <= TABLES_FREE + codes / LEAST_CODES_PER_TABLE,
                        Reason.TOO_LARGE,
                        tables + " tables for " + codes + " codes");
                code = nextCode();
                if (code == END) {
                    return;
                }
                require(code < CLEAR, Reason.CORRUPT, "a table begins with code " + code);
                bytes++;
            } else {
                bytes += add(code, previous);
            }
            previous = code;
            require(bytes <= most, Reason.TOO_LARGE, "more than the " + most + " bytes of a strip or tile");
        }
    }

    /** The length of a code's string; a code not yet in the table stands for the previous string and one byte more. */
    private int add(int code, int previous) throws ScanDecodeException {
        require(next < lengths.length, Reason.CORRUPT, "a table of more than " + lengths.length + " codes");
        require(code <= next, Reason.CORRUPT, "code " + code + " of " + next);
        int length = code < next ? lengths[code] : lengths[previous] + 1;
        lengths[next++] = lengths[previous] + 1;
        if (next == (1 << codeBits) - 1 && codeBits < LONGEST_CODE) {
            codeBits++;
        }
        return length;
    }

    private void newTable() {
        next = FIRST;
        codeBits = SHORTEST_CODE;
    }

    /** Data that end without saying so end, as for the codec. */
    private int nextCode() throws ScanDecodeException {
        while (buffered < codeBits) {
            if (at == data.length()) {
                return END;
            }
            int value = data.u8(at++, "TIFF image data");
            buffer = (buffer << 8) | (lowBitsFirst ? Integer.reverse(value) >>> 24 : value);
            buffered += 8;
        }
        buffered -= codeBits;
        return (buffer >>> buffered) & ((1 << codeBits) - 1);
    }

    private static void require(boolean holds, Reason reason, String found) throws ScanDecodeException {
        if (!holds) {
            throw new ScanDecodeException(
                    reason,
                    "TIFF image data",
                    "LZW codes make " + found + " (expected: the strip's bytes, a new table every 3,800 codes or so)",
                    "export the slice as PNG or as uncompressed TIFF");
        }
    }
}
