package org.ctstream.imaging.raster;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The first image file directory of a TIFF, checked before the codec sees it: every field's values inside the file,
 * geometry of image and tiles against the limits, compressed data inside the file and no more of it than the strips hold,
 * and nothing but unsigned grey, RGB or palette samples of one size without compression or with PackBits, LZW or Deflate. Later images of the file are never looked at.
 *
 * @see "TIFF 6.0, section 2, TIFF Structure"
 */
final class TiffDirectory {

    private static final byte[] LITTLE_ENDIAN = {'I', 'I', 42, 0};
    private static final byte[] BIG_ENDIAN = {'M', 'M', 0, 42};
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTE_COUNTS = 325;
    private static final int SAMPLE_FORMAT = 339;

    /**
     * Of one field whose values are numbers: four planes of 4096 × 4096 pixels in tiles of 16 × 16. The codec takes eight
     * bytes for each, and any number of fields may point to the same ones.
     */
    private static final long MAX_VALUES = 1L << 18;

    private static final long LZW = 5;
    private static final Set<Long> COMPRESSIONS = Set.of(1L, LZW, 8L, 32946L, 32773L);

    private record Field(int type, long count, long valueOffset) {}

    private final ByteWindow tiff;
    private final boolean littleEndian;
    private final Map<Integer, Field> fields = new TreeMap<>();

    private TiffDirectory(ByteWindow tiff) {
        this.tiff = tiff;
        this.littleEndian = tiff.matches(0, LITTLE_ENDIAN);
    }

    static boolean startsAs(ByteWindow window) {
        return window.matches(0, LITTLE_ENDIAN) || window.matches(0, BIG_ENDIAN);
    }

    static void check(ByteWindow tiff, DecodeLimits limits, DecodeDeadline deadline) throws ScanDecodeException {
        TiffDirectory directory = new TiffDirectory(tiff);
        directory.read();
        directory.checkGeometry(limits);
        directory.checkLayout();
        directory.checkData(STRIP_OFFSETS, STRIP_BYTE_COUNTS, deadline);
        directory.checkData(TILE_OFFSETS, TILE_BYTE_COUNTS, deadline);
    }

    private void read() throws ScanDecodeException {
        long offset = u32(4);
        int count = u16(offset);
        for (int i = 0; i < count; i++) {
            long entry = offset + 2 + 12L * i;
            int type = u16(entry + 2);
            long values = u32(entry + 4);
            if (type < 1 || type >= TYPE_BYTES.length) {
                // Readers are to skip such a field. The codec skips four of its eight bytes, and finds another
                // directory.
                throw unsupported("field " + u16(entry) + " of type " + type);
            }
            int size = TYPE_BYTES[type];
            long at = values * size <= 4 ? entry + 8 : u32(entry + 8);
            tiff.require(at, values * size, "TIFF field " + u16(entry));
            if (size > 1 && values > MAX_VALUES) {
                throw new ScanDecodeException(
                        Reason.TOO_LARGE,
                        "TIFF field " + u16(entry),
                        values + " values (allowed: " + MAX_VALUES + ")",
                        "export the slice in fewer strips or tiles");
            }
            if (fields.put(u16(entry), new Field(type, values, at)) != null) {
                // Which of them counts, readers disagree about.
                throw unsupported("field " + u16(entry) + " twice");
            }
        }
    }

    private void checkGeometry(DecodeLimits limits) throws ScanDecodeException {
        limits.checkGeometry("TIFF", first(WIDTH, 0), first(HEIGHT, 0));
        if (fields.containsKey(TILE_WIDTH) || fields.containsKey(TILE_HEIGHT)) {
            limits.checkGeometry("TIFF tile", first(TILE_WIDTH, 0), first(TILE_HEIGHT, 0));
        }
    }

    private void checkLayout() throws ScanDecodeException {
        long bits = first(BITS_PER_SAMPLE, 1);
        long samples = samples();
        long photometric = first(PHOTOMETRIC, 1);
        if (bits < 1 || bits > 16 || samples > 4 || first(SAMPLE_FORMAT, 1) != 1 || photometric > 3) {
            throw unsupported("%d samples of %d bits, sample format %d, photometric interpretation %d"
                    .formatted(samples, bits, first(SAMPLE_FORMAT, 1), photometric));
        }
        checkAllAs(BITS_PER_SAMPLE, bits);
        checkAllAs(SAMPLE_FORMAT, 1);
        if (photometric == 0 && bits > 8) {
            throw unsupported("white-is-zero samples of " + bits + " bits");
        }
        if (!COMPRESSIONS.contains(first(COMPRESSION, 1))) {
            throw unsupported("compression " + first(COMPRESSION, 1));
        }
    }

    /** The codec takes four bytes for every value a sample can have, whatever the first sample's size is. */
    private void checkAllAs(int tag, long first) throws ScanDecodeException {
        Field field = fields.get(tag);
        for (int i = 1; field != null && i < field.count(); i++) {
            if (value(field, i) != first) {
                throw unsupported("samples that differ in field %d, %d and %d".formatted(tag, first, value(field, i)));
            }
        }
    }

    private void checkData(int offsetsTag, int byteCountsTag, DecodeDeadline deadline) throws ScanDecodeException {
        Field offsets = fields.get(offsetsTag);
        Field byteCounts = fields.get(byteCountsTag);
        if (offsets == null) {
            return;
        }
        boolean lzw = first(COMPRESSION, 1) == LZW;
        if (lzw && (byteCounts == null || byteCounts.count() < offsets.count())) {
            throw unsupported("LZW strips without the number of their bytes");
        }
        for (int i = 0; byteCounts != null && i < Math.min(offsets.count(), byteCounts.count()); i++) {
            ByteWindow data = tiff.slice(value(offsets, i), value(byteCounts, i), "TIFF image data");
            if (lzw) {
                deadline.check("TIFF");
                new LzwCodes(data, first(FILL_ORDER, 1) == 2).check(chunkBytes());
            }
        }
    }

    private long samples() throws ScanDecodeException {
        Field bits = fields.get(BITS_PER_SAMPLE);
        return Math.max(first(SAMPLES_PER_PIXEL, 1), bits == null ? 1 : bits.count());
    }

    /** At most as many bytes as one strip or tile holds, and a row for encoders that pad. */
    private long chunkBytes() throws ScanDecodeException {
        long height = first(HEIGHT, 0);
        long stripRows = Math.min(height, first(ROWS_PER_STRIP, height));
        long rows = first(TILE_HEIGHT, stripRows == 0 ? height : stripRows);
        long rowBits = first(TILE_WIDTH, first(WIDTH, 0)) * samples() * first(BITS_PER_SAMPLE, 1);
        return (rows + 1) * ((rowBits + 7) / 8);
    }

    private long first(int tag, long absent) throws ScanDecodeException {
        Field field = fields.get(tag);
        return field == null || field.count() == 0 ? absent : value(field, 0);
    }

    private long value(Field field, int index) throws ScanDecodeException {
        if (field.type() == SHORT) {
            return u16(field.valueOffset() + 2L * index);
        }
        if (field.type() == LONG) {
            return u32(field.valueOffset() + 4L * index);
        }
        throw new ScanDecodeException(
                Reason.CORRUPT,
                "TIFF directory",
                "a size or offset is of field type " + field.type() + " (expected: SHORT or LONG)",
                "export the slice once more");
    }

    private int u16(long offset) throws ScanDecodeException {
        return littleEndian ? tiff.u16le(offset, "TIFF directory") : tiff.u16be(offset, "TIFF directory");
    }

    private long u32(long offset) throws ScanDecodeException {
        return littleEndian ? tiff.u32le(offset, "TIFF directory") : tiff.u32be(offset, "TIFF directory");
    }

    private static ScanDecodeException unsupported(String found) {
        return new ScanDecodeException(
                Reason.UNSUPPORTED_LAYOUT,
                "TIFF directory",
                found + " (expected: 1 to 4 unsigned samples of at most 16 bits, grey, RGB or palette, uncompressed,"
                        + " PackBits, LZW or Deflate)",
                "export the slice as 8-bit or 16-bit grey PNG");
    }
}
