package org.ctstream.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.LongStream;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.gate.ChestGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate the program brings along, on pictures that can be made; what it does to patients' stands in decision 24. */
class BundledGateTest {
    private static final int SIDE = SliceNormalizer.SIDE;
    private static final ChestGate GATE = ChestGate.bundled();

    @ParameterizedTest(name = "phantoms of {0} x {0}")
    @ValueSource(ints = {128, 256, 512})
    void phantomsPass(int side) {
        // Other seeds than it was fitted to.
        assertThat(LongStream.range(5_000, 5_006)
                        .mapToObj(seed -> phantom(side, seed))
                        .filter(BundledGateTest::isRefused))
                .isEmpty();
    }

    @Test
    void mostPhantomsWithBlackAndWhiteSwappedAreRefused() {
        assertThat(LongStream.range(5_000, 5_012)
                        .mapToObj(seed -> View.INVERTED.of(phantom(128, seed)))
                        .filter(BundledGateTest::isRefused))
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void drawingsNoiseAndTextAreRefused() {
        var random = new Random(3);
        for (int size : new int[] {2, 5, 16, 56, 112}) {
            assertThat(isRefused(painted((row, column) -> (row / size + column / size) % 2 * 255)))
                    .as("checkerboard of %d pixels", size)
                    .isTrue();
        }
        for (int angle = 0; angle < 360; angle += 30) {
            double radians = Math.toRadians(angle);
            assertThat(isRefused(painted((row, column) -> (int) (127
                            + 80
                                    * ((column / 112.0 - 1) * Math.cos(radians)
                                            + (row / 112.0 - 1) * Math.sin(radians))))))
                    .as("gradient at %d degrees", angle)
                    .isTrue();
        }
        assertThat(isRefused(painted((row, column) -> random.nextInt(256))))
                .as("noise")
                .isTrue();
        assertThat(isRefused(text())).as("text").isTrue();
    }

    private static boolean isRefused(GreySlice slice) {
        return GATE.judge(ByteBuffer.wrap(slice.pixels())).refused();
    }

    private static GreySlice phantom(int side, long seed) {
        return new SliceNormalizer()
                .normalize(new PhantomSlices(side).generate(seed, seed % 2 == 0).toGreySlice());
    }

    private static GreySlice painted(IntBinaryOperator grey) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) grey.applyAsInt(i / SIDE, i % SIDE);
        }
        return new GreySlice(SIDE, SIDE, pixels);
    }

    private static GreySlice text() {
        var page = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = page.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, SIDE, SIDE);
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        for (int line = 12; line < SIDE; line += 13) {
            pen.drawString("Findings: no consolidation, no effusion.", 6, line);
        }
        pen.dispose();
        return new GreySlice(SIDE, SIDE, ((DataBufferByte) page.getRaster().getDataBuffer()).getData());
    }
}
