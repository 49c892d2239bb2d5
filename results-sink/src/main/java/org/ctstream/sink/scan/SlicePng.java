package org.ctstream.sink.scan;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;

/** Writes a normalized slice as a PNG of 8-bit grey. */
public final class SlicePng {
    /** Far above the network's input, far below what costs memory. */
    private static final int MAX_SIDE = 1_024;

    private SlicePng() {}

    /** @throws PoisonRecordException if the record's sides and pixels do not fit each other */
    public static byte[] of(ScanNormalized scan) {
        int width = scan.getWidth();
        int height = scan.getHeight();
        ByteBuffer pixels = scan.getPixels().duplicate();
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || pixels.remaining() != width * height) {
            throw new PoisonRecordException(
                    Stage.DECODE,
                    "bad-slice",
                    "pixels",
                    "The slice is " + width + " x " + height + " with " + pixels.remaining()
                            + " pixels (expected: sides from 1 to " + MAX_SIDE + ", and as many pixels as they make).",
                    "look for who else writes to the topic of normalized scans.",
                    null);
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        pixels.get(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
        var bytes = new ByteArrayOutputStream();
        // In memory: the usual stream would keep patients' images in the temporary folder.
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("Every Java platform writes PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
