package org.ctstream.imaging.phantom;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ctstream.imaging.slice.GreySlice;

/** A grey slice as a file. */
final class PngBytes {

    private PngBytes() {}

    static byte[] of(GreySlice slice) {
        return encode(slice, "png");
    }

    static byte[] encode(GreySlice slice, String format) {
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
