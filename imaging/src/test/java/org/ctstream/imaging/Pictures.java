package org.ctstream.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures with known pixels, and their encodings. */
public final class Pictures {

    public static final int HEIGHT = 16;
    public static final int WIDTH = 24;

    private Pictures() {}

    /** A picture of a BufferedImage type whose samples are set by {@link #red}, {@link #green}, {@link #blue}. */
    public static BufferedImage colour(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                image.setRGB(column, row, 0xFF000000 | (red(row) << 16) | (green(column) << 8) | blue(row, column));
            }
        }
        return image;
    }

    /** Grey samples set in the raster, where setRGB would apply a gamma. */
    public static BufferedImage grey(int type, int scale) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                image.getRaster().setSample(column, row, 0, green(column) * scale + (scale > 1 ? 99 : 0));
            }
        }
        return image;
    }

    public static BufferedImage palette() {
        byte[] shades = new byte[256];
        byte[] zero = new byte[256];
        for (int i = 0; i < 256; i++) {
            shades[i] = (byte) i;
        }
        IndexColorModel reds = new IndexColorModel(8, 256, shades, zero, zero);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, reds);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                image.getRaster().setSample(column, row, 0, green(column));
            }
        }
        return image;
    }

    public static int red(int row) {
        return row * 12 + 20;
    }

    public static int green(int column) {
        return column * 9 + 15;
    }

    public static int blue(int row, int column) {
        return row * column / 2;
    }

    /** ITU-R BT.601 by its definition, in floating point. */
    public static double luma(int row, int column) {
        return 0.299 * red(row) + 0.587 * green(column) + 0.114 * blue(row, column);
    }

    public static byte[] encode(BufferedImage image, String format) {
        return encode(image, format, false);
    }

    public static byte[] progressive(BufferedImage image, String format) {
        return encode(image, format, true);
    }

    private static byte[] encode(BufferedImage image, String format, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A resource made by Pillow 11.3.0, whose writer knows what ImageIO's does not. */
    public static byte[] resource(String name) {
        try (InputStream in = Pictures.class.getResourceAsStream("raster/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
