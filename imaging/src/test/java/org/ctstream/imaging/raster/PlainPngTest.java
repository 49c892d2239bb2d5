package org.ctstream.imaging.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.ctstream.imaging.slice.GreySlice;
import org.junit.jupiter.api.Test;

/** Holds the reader of plain PNGs against ImageIO's, which it stands in for. */
class PlainPngTest {

    private static final int[] COLOUR_TYPES = {0, 2, 4, 6};

    @Property(tries = 300)
    void everyFilterColourTypeAndGeometryGivesThePixelsOfImageIo(
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(max = 3) int kind,
            @ForAll @IntRange(min = 1, max = 5000) int chunkBytes,
            @ForAll long seed)
            throws Exception {
        byte[] png = png(width, height, COLOUR_TYPES[kind], filteredNoise(width, height, kind, seed), chunkBytes);

        assertThat(PlainPng.reads(container(png))).isTrue();
        assertThat(decode(png)).isEqualTo(byImageIo(png));
    }

    @Test
    void imageLargerThanOneFillOfTheBufferGivesThePixelsOfImageIo() throws Exception {
        byte[] png = png(700, 300, 6, filteredNoise(700, 300, 3, 7), 8192);

        assertThat(decode(png)).isEqualTo(byImageIo(png));
    }

    @Test
    void chunksOfNoBytesBetweenTheDataAreSkipped() throws Exception {
        byte[] rows = filteredNoise(9, 9, 0, 1);
        byte[] png = png(9, 9, 0, rows, 1);

        assertThat(decode(withEmptyDataFirst(png))).isEqualTo(decode(png));
    }

    @Test
    void dataThatEndsBeforeTheLastRowIsTruncated() {
        byte[] rows = filteredNoise(20, 20, 0, 3);

        assertThat(rejection(png(20, 20, 0, Arrays.copyOf(rows, rows.length - 1), 100))
                        .reason())
                .isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void dataWhoseOwnChecksumIsWrongIsCorruptAlthoughItsRowsAreWhole() {
        byte[] data = deflated(filteredNoise(20, 20, 0, 3));
        data[data.length - 1] ^= 1;

        assertThat(rejection(pngOfData(20, 20, 0, data, 100)).reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void dataBehindTheLastRowIsIgnored() throws Exception {
        byte[] rows = filteredNoise(20, 20, 0, 3);

        assertThat(decode(png(20, 20, 0, Arrays.copyOf(rows, rows.length + 500_000), 100)))
                .isEqualTo(decode(png(20, 20, 0, rows, 100)));
    }

    @Test
    void unknownFilterIsCorrupt() {
        byte[] rows = filteredNoise(20, 20, 0, 3);
        rows[21 * 7] = 9;

        assertThat(rejection(png(20, 20, 0, rows, 100)).reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void paletteAndTransparentColourAreLeftToImageIo() throws Exception {
        byte[] png = png(4, 4, 2, filteredNoise(4, 4, 1, 2), 100);
        byte[] transparent = insertAfterHeader(png, chunk("tRNS", new byte[6]));

        assertThat(PlainPng.reads(container(transparent))).isFalse();
        assertThat(PlainPng.reads(container(insertAfterHeader(png, chunk("PLTE", new byte[3])))))
                .isFalse();
    }

    private static PngContainer container(byte[] png) throws ScanDecodeException {
        return PngContainer.check(ByteWindow.of(png, "file"), DecodeLimits.DEFAULTS);
    }

    private static GreySlice decode(byte[] png) throws ScanDecodeException {
        return RasterDecoder.PNG.decode(
                ByteWindow.of(png, "file"), DecodeLimits.DEFAULTS, DecodeDeadline.startingNow(DecodeLimits.DEFAULTS));
    }

    private static GreySlice byImageIo(byte[] png) throws ScanDecodeException {
        DecodeDeadline deadline = DecodeDeadline.startingNow(DecodeLimits.DEFAULTS);
        return new CodecRun("PNG", deadline)
                .run(
                        RasterDecoder.reader(ImageIoReaders::png),
                        png,
                        reader -> Luminance.of(reader.read(0), "PNG", deadline));
    }

    private static ScanDecodeException rejection(byte[] png) {
        return catchThrowableOfType(ScanDecodeException.class, () -> decode(png));
    }

    /** Rows whose bytes and filters are drawn: whatever they come to, both readers must come to the same. */
    private static byte[] filteredNoise(int width, int height, int kind, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rowBytes = 1 + width * (kind == 0 ? 1 : kind == 1 ? 3 : kind == 2 ? 2 : 4);
        byte[] rows = new byte[height * rowBytes];
        random.nextBytes(rows);
        for (int row = 0; row < height; row++) {
            rows[row * rowBytes] = (byte) random.nextInt(5);
        }
        return rows;
    }

    private static byte[] png(int width, int height, int colourType, byte[] rows, int chunkBytes) {
        return pngOfData(width, height, colourType, deflated(rows), chunkBytes);
    }

    private static byte[] pngOfData(int width, int height, int colourType, byte[] data, int chunkBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        out.writeBytes(chunk("IHDR", header.put((byte) 8).put((byte) colourType).array()));
        for (int at = 0; at < data.length; at += chunkBytes) {
            out.writeBytes(chunk("IDAT", Arrays.copyOfRange(data, at, Math.min(data.length, at + chunkBytes))));
        }
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] withEmptyDataFirst(byte[] png) {
        return insertAfterHeader(png, chunk("IDAT", new byte[0]));
    }

    private static byte[] insertAfterHeader(byte[] png, byte[] chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        out.writeBytes(chunk);
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(content.length + 12)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] deflated(byte[] rows) {
        Deflater deflater = new Deflater(1);
        deflater.setInput(rows);
        deflater.finish();
        byte[] out = new byte[rows.length + rows.length / 8 + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }
}
