package org.ctstream.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFormatsTest {

    private final ScanDecoder decoder = new ScanDecoder(DecodeLimits.DEFAULTS);

    @ParameterizedTest(name = "{0} from image type {1}")
    @CsvSource({"PNG, 1", "PNG, 5", "PNG, 2", "TIFF, 5", "BMP, 5"})
    void colourBecomesLuma(String format, int imageType) throws Exception {
        DecodedScan scan = decoder.decode(Pictures.encode(Pictures.colour(imageType), format));

        assertThat(scan.format()).isEqualTo(ScanFormat.valueOf(format));
        assertThat(scan.dicom()).isEmpty();
        assertLuma(scan.slice(), 0.51);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "TIFF", "BMP"})
    void greyIsKeptAsItIs(String format) throws Exception {
        DecodedScan scan = decoder.decode(Pictures.encode(Pictures.grey(BufferedImage.TYPE_BYTE_GRAY, 1), format));

        assertGreen(scan.slice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "TIFF"})
    void sixteenBitGreyGivesItsTopEightBits(String format) throws Exception {
        DecodedScan scan = decoder.decode(Pictures.encode(Pictures.grey(BufferedImage.TYPE_USHORT_GRAY, 256), format));

        assertGreen(scan.slice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "TIFF", "BMP"})
    void paletteColoursBecomeLuma(String format) throws Exception {
        GreySlice slice =
                decoder.decode(Pictures.encode(Pictures.palette(), format)).slice();

        assertThat(slice.at(3, 20)).isEqualTo((int) Math.round(0.299 * Pictures.green(20)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void greyOfFewBitsIsScaledToTheFullRange(int bits) throws Exception {
        int levels = 1 << bits;
        byte[] shades = new byte[levels];
        for (int i = 0; i < levels; i++) {
            shades[i] = (byte) (i * 255 / (levels - 1));
        }
        BufferedImage image = new BufferedImage(
                levels,
                1,
                BufferedImage.TYPE_BYTE_BINARY,
                new java.awt.image.IndexColorModel(bits, levels, shades, shades, shades));
        for (int i = 0; i < levels; i++) {
            image.getRaster().setSample(i, 0, 0, i);
        }

        assertThat(decoder.decode(Pictures.encode(image, "png")).slice().pixels())
                .containsExactly(shades);
    }

    @Test
    void transparencyIsDrawnOverBlack() throws Exception {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xFFC8C8C8);
        image.setRGB(1, 0, 0x80C8C8C8);
        image.setRGB(2, 0, 0x00C8C8C8);

        assertThat(decoder.decode(Pictures.encode(image, "png")).slice().pixels())
                .containsExactly((byte) 200, (byte) 100, (byte) 0);
    }

    @Test
    void interlacedPngHasTheSamePixels() throws Exception {
        assertLuma(
                decoder.decode(Pictures.progressive(Pictures.colour(BufferedImage.TYPE_INT_RGB), "png"))
                        .slice(),
                0.51);
    }

    @Test
    void baselineAndProgressiveJpegGiveTheSamePixels() throws Exception {
        BufferedImage image = Pictures.colour(BufferedImage.TYPE_INT_RGB);

        GreySlice baseline = decoder.decode(Pictures.encode(image, "jpeg")).slice();
        GreySlice progressive =
                decoder.decode(Pictures.progressive(image, "jpeg")).slice();

        assertThat(progressive).isEqualTo(baseline);
        assertLuma(baseline, 12);
    }

    @Test
    void cmykJpegIsWithinOneGreyLevelOfPillow() throws Exception {
        GreySlice slice = decoder.decode(Pictures.resource("cmyk.jpg")).slice();

        assertThat(slice.height()).isEqualTo(Pictures.HEIGHT);
        assertCloseTo(slice.pixels(), Pictures.resource("cmyk.expected-grey"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb-lzw.tif", "rgb-deflate.tif"})
    void compressedTiffIsReadAsPillowReadsIt(String name) throws Exception {
        assertThat(decoder.decode(Pictures.resource(name)).slice().pixels())
                .containsExactly(Pictures.resource("rgb.expected-grey"));
    }

    @Test
    void whiteIsZeroTiffIsInverted() throws Exception {
        GreySlice slice = decoder.decode(Pictures.resource("white-is-zero.tif")).slice();

        assertThat(slice.at(4, 7)).isEqualTo(255 - Pictures.red(4));
    }

    @Test
    void bytesAfterTheImageAreIgnored() throws Exception {
        for (String format : new String[] {"png", "jpeg", "tiff", "bmp"}) {
            byte[] bytes = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), format);
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1000);
            Arrays.fill(longer, bytes.length, longer.length, (byte) 0x5A);

            assertThat(decoder.decode(longer).slice())
                    .isEqualTo(decoder.decode(bytes).slice());
        }
    }

    @Test
    void inputIsNotWrittenTo() throws ScanDecodeException {
        byte[] bytes = Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        byte[] before = bytes.clone();

        decoder.decode(bytes);

        assertThat(bytes).containsExactly(before);
    }

    private static void assertLuma(GreySlice slice, double tolerance) {
        assertThat(slice.height()).isEqualTo(Pictures.HEIGHT);
        assertThat(slice.width()).isEqualTo(Pictures.WIDTH);
        for (int row = 0; row < slice.height(); row++) {
            for (int column = 0; column < slice.width(); column++) {
                assertThat((double) slice.at(row, column))
                        .as("row %d, column %d", row, column)
                        .isBetween(Pictures.luma(row, column) - tolerance, Pictures.luma(row, column) + tolerance);
            }
        }
    }

    private static void assertGreen(GreySlice slice) {
        for (int column = 0; column < slice.width(); column++) {
            assertThat(slice.at(5, column)).as("column %d", column).isEqualTo(Pictures.green(column));
        }
    }

    private static void assertCloseTo(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i] & 0xFF)
                    .as("pixel %d", i)
                    .isBetween((expected[i] & 0xFF) - 1, (expected[i] & 0xFF) + 1);
        }
    }
}
