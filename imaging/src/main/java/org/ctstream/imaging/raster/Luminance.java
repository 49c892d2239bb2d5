package org.ctstream.imaging.raster;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Turns decoded samples into grey: ITU-R BT.601 luma in the fixed point of Pillow's {@code convert("L")}, (19595 R + 38470
 * G + 7471 B + 32768) / 65536. Transparent pixels are drawn over black, the background of a CT slice. Samples of more
 * than 8 bits give their top 8 bits, of fewer are scaled to 0 to 255. Colour profiles and gamma are not applied, as in the published
 * recipe; {@code BufferedImage.getRGB} would apply them to grey images.
 */
public final class Luminance {

    private Luminance() {}

    /** Luma of one 8-bit RGB colour, 0 to 255. */
    public static int of(int red, int green, int blue) {
        return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    }

    static GreySlice of(BufferedImage image, String format, DecodeDeadline deadline) throws ScanDecodeException {
        Raster raster = image.getRaster();
        return image.getColorModel() instanceof IndexColorModel palette
                ? fromPalette(raster, palette, format, deadline)
                : fromBands(raster, format, deadline);
    }

    private static GreySlice fromPalette(Raster raster, IndexColorModel palette, String format, DecodeDeadline deadline)
            throws ScanDecodeException {
        byte[] greyOfIndex = new byte[1 << palette.getPixelSize()];
        for (int i = 0; i < Math.min(greyOfIndex.length, palette.getMapSize()); i++) {
            int grey = of(palette.getRed(i), palette.getGreen(i), palette.getBlue(i));
            greyOfIndex[i] = (byte) overBlack(grey, palette.getAlpha(i), 255);
        }
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width];
        int[] indices = new int[width];
        for (int row = 0; row < raster.getHeight(); row++) {
            deadline.check(format);
            raster.getSamples(raster.getMinX(), raster.getMinY() + row, width, 1, 0, indices);
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = greyOfIndex[indices[column]];
            }
        }
        return new GreySlice(raster.getHeight(), width, pixels);
    }

    private static GreySlice fromBands(Raster raster, String format, DecodeDeadline deadline)
            throws ScanDecodeException {
        int bands = raster.getNumBands();
        int bits = raster.getSampleModel().getSampleSize(0);
        checkLayout(raster, format, bands, bits);
        if (InterleavedBytes.holds(raster)) {
            return InterleavedBytes.grey(raster, format, deadline);
        }
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width];
        int[] samples = new int[width * bands];
        for (int row = 0; row < raster.getHeight(); row++) {
            deadline.check(format);
            raster.getPixels(raster.getMinX(), raster.getMinY() + row, width, 1, samples);
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = (byte) grey(samples, column * bands, bands, bits);
            }
        }
        return new GreySlice(raster.getHeight(), width, pixels);
    }

    private static int grey(int[] samples, int from, int bands, int bits) {
        int grey = bands < 3
                ? to8Bits(samples[from], bits)
                : of(to8Bits(samples[from], bits), to8Bits(samples[from + 1], bits), to8Bits(samples[from + 2], bits));
        return bands % 2 == 1 ? grey : overBlack(grey, samples[from + bands - 1], (1 << bits) - 1);
    }

    private static int to8Bits(int sample, int bits) {
        return bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }

    /** A level drawn over black, rounded half up. */
    static int overBlack(int grey, int alpha, int opaque) {
        return alpha == opaque ? grey : (int) ((2L * grey * alpha + opaque) / (2L * opaque));
    }

    private static void checkLayout(Raster raster, String format, int bands, int bits) throws ScanDecodeException {
        int type = raster.getSampleModel().getDataType();
        boolean unsigned =
                type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        if (!unsigned || bands > 4 || bits > 16) {
            throw new ScanDecodeException(
                    Reason.UNSUPPORTED_LAYOUT,
                    format + " samples",
                    "%d samples per pixel of %d bits, data type %d (expected: 1 to 4 unsigned samples of at most 16 bits)"
                            .formatted(bands, bits, type),
                    "export the scan as 8-bit or 16-bit grey PNG");
        }
    }
}
