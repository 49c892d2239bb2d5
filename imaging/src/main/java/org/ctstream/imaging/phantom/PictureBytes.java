package org.ctstream.imaging.phantom;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ctstream.imaging.slice.GreySlice;

/** A grey slice as a file. */
final class PictureBytes {

    private PictureBytes() {}

    static byte[] png(GreySlice slice) {
        return encode(slice, "png");
    }

    /** Baseline, at ImageIO's own quality of 0.75. */
    static byte[] jpeg(GreySlice slice) {
        return encode(slice, "jpeg");
    }

    private static byte[] encode(GreySlice slice, String format) {
        BufferedImage image = new BufferedImage(slice.width(), slice.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, slice.width(), slice.height(), slice.pixels());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, format, output)) {
                throw new IllegalStateException("this Java runtime has no ImageIO writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("encoding to memory", e);
        }
        return bytes.toByteArray();
    }
}
