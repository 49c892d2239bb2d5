package org.ctstream.trainer.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ctstream.imaging.phantom.PhantomSlices;

/** Encoded images and lists of them. */
final class TestImages {
    static final byte[] UNDECODABLE = "not an image at all".getBytes(UTF_8);

    private TestImages() {}

    /** A phantom of 96 × 96 pixels; with opacities if positive. */
    static byte[] png(long seed, boolean positive) {
        return new PhantomSlices(96).generate(seed, positive).toPng();
    }

    static byte[] truncated(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    /** Writes {@code i<seed>.png} for each seed and a list of them; even seeds are positive. */
    static Path list(Path folder, String name, long... seeds) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        var text = new StringBuilder("path,label\n");
        for (long seed : seeds) {
            boolean positive = seed % 2 == 0;
            Files.write(folder.resolve("images/i" + seed + ".png"), png(seed, positive));
            text.append("images/i").append(seed).append(positive ? ".png,COVID\n" : ".png,NON_COVID\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
