package org.ctstream.imaging.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pins the resize to what Pillow gives; the resource names Pillow's version and the inputs' formula. */
class PillowResizeTest {

    static List<String> cases() throws IOException {
        try (InputStream in = PillowResizeTest.class.getResourceAsStream("pillow-resize.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resizeGivesTheSameBytesAsPillow(String line) throws Exception {
        List<String> words = List.of(line.split(" ", -1));
        GreySlice input = formula(number(words, 0), number(words, 1));

        GreySlice output = new TriangleResampler().resample(input, number(words, 2), number(words, 3));

        List<String> expected = words.subList(4, words.size());
        if (expected.get(0).startsWith("sha256:")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(output.pixels());
            assertThat("sha256:" + HexFormat.of().formatHex(digest)).isEqualTo(expected.get(0));
        } else {
            byte[] values = new byte[expected.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) number(expected, i);
            }
            assertThat(output).isEqualTo(new GreySlice(number(words, 2), number(words, 3), values));
            assertThat(output.pixels()).containsExactly(values);
        }
    }

    private static GreySlice formula(int height, int width) {
        byte[] pixels = new byte[height * width];
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                pixels[r * width + c] = (byte) ((r * r * 3 + c * 7 + (r * c) % 31 * 5) % 256);
            }
        }
        return new GreySlice(height, width, pixels);
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }
}
