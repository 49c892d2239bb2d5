package org.ctstream.reliability.load;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.ctstream.benchmarks.input.EncodedScans;

/**
 * Small PNGs from dark to bright, so that engine {@code none}, which says how bright a slice is, calls about half of them
 * positive.
 */
public final class GreyScans {
    private static final int SIDE = 96;
    private static final int CHECK = 12;
    private static final int DARKEST = 20;
    private static final int BRIGHTEST = 230;

    private GreyScans() {}

    /** So many different ones. */
    public static EncodedScans of(int count) {
        List<EncodedScans.Encoded> scans = IntStream.range(0, count)
                .mapToObj(i -> new EncodedScans.Encoded(
                        "grey-" + i + ".png", png(DARKEST + (BRIGHTEST - DARKEST) * i / Math.max(1, count - 1))))
                .toList();
        return new EncodedScans(scans, count + " PNGs of " + SIDE + " x " + SIDE + ", dark to bright");
    }

    private static byte[] png(int grey) {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        var raster = image.getRaster();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                raster.setSample(x, y, 0, (x / CHECK + y / CHECK) % 2 == 0 ? grey : grey + CHECK);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
