package org.ctstream.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostilePictureTest {

    private final ScanDecoder decoder = new ScanDecoder(DecodeLimits.DEFAULTS);

    @Test
    void noBytesAreEmpty() {
        assertThat(rejected(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
    }

    @Test
    void textFileIsNamedAsSuchWithoutQuotingIt() {
        ScanDecodeException rejection =
                rejected("Name: Jane Doe, CT thorax, normal findings".getBytes(StandardCharsets.UTF_8));

        assertThat(rejection.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(rejection)
                .hasMessageContaining("not an image: content starts with plain text")
                .hasMessageContaining("expected DICOM Part 10, PNG, JPEG, TIFF or BMP")
                .hasMessageContaining("Remedy: ");
        assertThat(rejection.getMessage()).doesNotContain("Jane");
    }

    @ParameterizedTest
    @CsvSource({"%PDF-1.7, PDF", "GIF89a, GIF", "<html>, markup", "{}, JSON", "RIFF1234WEBP, RIFF"})
    void otherContentIsNamed(String content, String named) {
        assertThat(rejected(content.getBytes(StandardCharsets.US_ASCII))).hasMessageContaining(named);
    }

    @Test
    void moreBytesThanAllowedAreRejectedUnread() {
        DecodeLimits small = new DecodeLimits(100, 10, 10, 100, Duration.ofSeconds(1));

        ScanDecodeException rejection =
                catchThrowableOfType(ScanDecodeException.class, () -> new ScanDecoder(small).decode(new byte[101]));

        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection).hasMessageContaining("101 bytes (allowed: 100)");
    }

    @Test
    void pngBombIsRejectedFromItsHeader() {
        byte[] bomb = png(60_000, 60_000, 8, 0, deflated(new byte[1000]));

        ScanDecodeException rejection = rejected(bomb);

        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejection).hasMessageContaining("60000 x 60000");
    }

    @Test
    void pngOfManyPixelsWithinTheSidesIsRejectedByArea() {
        assertThat(rejected(png(16_000, 16_000, 8, 0, deflated(new byte[10]))).reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void pngWithoutAllItsRowsIsRejectedAlthoughItsChunksAreWhole() {
        ScanDecodeException rejection = rejected(png(64, 64, 8, 0, deflated(new byte[65 * 10])));

        assertThat(rejection.reason()).isIn(Reason.TRUNCATED, Reason.CORRUPT);
    }

    @Test
    void compressedTextAndProfilesNeverReachTheCodec() throws Exception {
        byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_INT_RGB), "png");
        byte[] withBomb = insertAfterHeader(picture, "iCCP", "x\0\0garbage that is no deflate stream");

        assertThat(decoder.decode(withBomb).slice())
                .isEqualTo(decoder.decode(picture).slice());
    }

    @Test
    void pngWithAWrongChecksumIsCorrupt() {
        byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_INT_RGB), "png");
        picture[28] ^= 1;

        assertThat(rejected(picture).reason()).isEqualTo(Reason.CORRUPT);
        assertThat(rejected(picture).field()).isEqualTo("PNG IHDR");
    }

    @ParameterizedTest
    @CsvSource({"png", "jpeg", "tiff", "bmp"})
    void fileCutOffAnywhereIsRejectedNeverHalfDecoded(String format) {
        byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), format);
        // ImageIO's TIFF writer puts the directory last and pads; the last two bytes carry nothing.
        for (int length = 1; length < picture.length - 2; length++) {
            ScanDecodeException rejection = rejected(Arrays.copyOf(picture, length));
            assertThat(rejection.reason())
                    .as("%s cut to %d of %d bytes", format, length, picture.length)
                    .isIn(Reason.TRUNCATED, Reason.UNKNOWN_FORMAT, Reason.CORRUPT);
        }
    }

    @Test
    void jpegCutOffInItsScanIsRejectedEvenIfAnEndMarkerWasPutBehind() {
        byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        byte[] cut = Arrays.copyOf(picture, picture.length - 40);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        assertThat(rejected(cut).reason()).isIn(Reason.TRUNCATED, Reason.CORRUPT);
    }

    @Test
    void progressiveJpegOfThousandsOfScansIsRejectedBeforeDecoding() {
        byte[] picture = Pictures.progressive(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        int scan = indexOf(picture, new byte[] {(byte) 0xFF, (byte) 0xDA});
        int end = nextMarker(picture, scan + 2 + picture[scan + 3]);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(picture, 0, end);
        for (int i = 0; i < 5000; i++) {
            bomb.write(picture, scan, end - scan);
        }
        bomb.write(picture, end, picture.length - end);

        assertThat(rejected(bomb.toByteArray()).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejected(bomb.toByteArray())).hasMessageContaining("scans");
    }

    @Test
    void jpegProcessesTheCodecDoesNotKnowAreNamed() {
        byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        picture[indexOf(picture, new byte[] {(byte) 0xFF, (byte) 0xC0}) + 1] = (byte) 0xC3;

        assertThat(rejected(picture).reason()).isEqualTo(Reason.UNSUPPORTED_LAYOUT);
        assertThat(rejected(picture)).hasMessageContaining("FFC3");
    }

    @Test
    void jpegWithoutPixelsIsRejected() {
        assertThat(rejected(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9})
                        .reason())
                .isEqualTo(Reason.CORRUPT);
    }

    @Test
    void brokenExifAndProfilesDoNotMatter() throws Exception {
        byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        ByteArrayOutputStream odd = new ByteArrayOutputStream();
        odd.write(picture, 0, 2);
        odd.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 12, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42});
        odd.writeBytes(
                new byte[] {(byte) 0xFF, (byte) 0xE2, 0, 14, 'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0});
        odd.write(picture, 2, picture.length - 2);

        assertThat(decoder.decode(odd.toByteArray()).slice())
                .isEqualTo(decoder.decode(picture).slice());
    }

    @Test
    void tiffWithHugeTilesIsRejectedFromItsDirectory() {
        byte[] tiff = tiff(new int[][] {
            {256, 4, 1, 8}, {257, 4, 1, 8}, {258, 3, 1, 8}, {322, 4, 1, 2_000_000_000}, {323, 4, 1, 2_000_000_000}
        });

        assertThat(rejected(tiff).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejected(tiff)).hasMessageContaining("TIFF tile");
    }

    @Test
    void tiffOfMillionsOfStripsIsRejectedBeforeAllocation() {
        byte[] head = tiff(new int[][] {{256, 4, 1, 8}, {257, 4, 1, 8}, {273, 4, 1_000_000, 8}});
        byte[] tiff = Arrays.copyOf(head, 5_000_000);

        assertThat(rejected(tiff).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(rejected(tiff)).hasMessageContaining("TIFF field 273");
    }

    @Test
    void tiffFieldLongerThanTheFileIsRejectedBeforeAllocation() {
        byte[] tiff = tiff(new int[][] {{256, 4, 1, 8}, {257, 4, 1, 8}, {273, 4, 500_000_000, 8}});

        assertThat(rejected(tiff).reason()).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void timeLimitEndsADecode() {
        DecodeLimits hasty = new DecodeLimits(1 << 20, 4096, 4096, 16 << 20, Duration.ofNanos(1));

        for (String format : new String[] {"png", "jpeg", "tiff", "bmp"}) {
            byte[] picture = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), format);
            ScanDecodeException rejection =
                    catchThrowableOfType(ScanDecodeException.class, () -> new ScanDecoder(hasty).decode(picture));
            assertThat(rejection.reason()).as(format).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void wholePicturesPassTheSameChecks() {
        assertThatCode(() -> decoder.decode(png(8, 8, 8, 0, deflated(new byte[9 * 8]))))
                .doesNotThrowAnyException();
    }

    private ScanDecodeException rejected(byte[] bytes) {
        ScanDecodeException rejection = catchThrowableOfType(ScanDecodeException.class, () -> decoder.decode(bytes));
        assertThat(rejection).as("rejection of %d bytes", bytes.length).isNotNull();
        return rejection;
    }

    private static byte[] png(int width, int height, int bits, int colourType, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) colourType)
                        .array()));
        out.writeBytes(chunk("IDAT", data));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] insertAfterHeader(byte[] png, String type, String content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        out.writeBytes(chunk(type, content.getBytes(StandardCharsets.ISO_8859_1)));
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] tiff(int[][] entries) {
        ByteBuffer out = ByteBuffer.allocate(8 + 2 + entries.length * 12 + 4 + 64);
        out.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) entries.length);
        for (int[] entry : entries) {
            out.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
            if (entry[1] == 3) {
                out.putShort((short) entry[3]).putShort((short) 0);
            } else {
                out.putInt(entry[3]);
            }
        }
        return out.array();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not found");
    }

    private static int nextMarker(byte[] bytes, int from) {
        int at = from;
        while (!(bytes[at] == (byte) 0xFF && bytes[at + 1] != 0)) {
            at++;
        }
        return at;
    }
}
