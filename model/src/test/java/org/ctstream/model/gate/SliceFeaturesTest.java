package org.ctstream.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SliceFeaturesTest {
    private static final int FIRST_OF_LAYOUT = Tones.COUNT;

    @Test
    void sliceOfOneGreyValueHasItsToneAndNothingElse() {
        double[] features = SliceFeatures.of(slice((row, column) -> 128));

        assertThat(features).hasSize(46).doesNotContain(Double.NaN);
        assertThat(features[4]).as("root of the share of 128 to 159").isEqualTo(1);
        assertThat(features[8]).as("steepness").isZero();
        assertThat(features[12]).as("root of the flat share").isEqualTo(1);
        assertThat(features[FIRST_OF_LAYOUT + 6])
                .as("constant pattern: SIDE times the mean")
                .isCloseTo(28 * 128 / 255.0, within(1e-9));
    }

    @Test
    void stepsAcrossAndDownAreToldApart() {
        double[] across = SliceFeatures.of(slice((row, column) -> column));
        double[] down = SliceFeatures.of(slice((row, column) -> row));

        assertThat(across[8]).as("log of 1 + 1 a step").isCloseTo(Math.log(2), within(1e-9));
        assertThat(across[9]).isCloseTo(Math.log(2), within(1e-9)).isEqualTo(-down[9]);
    }

    @Test
    void darkIsEnclosedIfNoDarkWayLeadsOut() {
        double[] ring = SliceFeatures.of(slice((row, column) -> isBlock(row, column, 80, 144) ? 0 : 200));
        double[] open = SliceFeatures.of(slice((row, column) -> isBlock(row, column, 0, 144) ? 0 : 200));

        // 64 x 64 pixels of 224 x 224.
        assertThat(ring[FIRST_OF_LAYOUT + 5]).isCloseTo(64.0 * 64 / (224 * 224), within(1e-9));
        assertThat(open[FIRST_OF_LAYOUT + 4]).isCloseTo(144.0 * 144 / (224 * 224), within(1e-9));
        assertThat(open[FIRST_OF_LAYOUT + 5]).isZero();
    }

    @Test
    void picturesThatAreTheirMirrorImageAreMostAlike() {
        double[] halves = SliceFeatures.of(slice((row, column) -> column < 112 ? 10 : 240));

        // Left is the opposite of right, top is as bottom: correlations of -1 and 1, bounded at 0.98 (atanh: 2.2976).
        assertThat(halves[FIRST_OF_LAYOUT + 1]).isCloseTo(-2.2976, within(1e-4));
        assertThat(halves[FIRST_OF_LAYOUT + 2]).isCloseTo(2.2976, within(1e-4));
    }

    @Test
    void positionOfTheBufferIsLeftAlone() {
        ByteBuffer pixels = slice((row, column) -> row ^ column);

        SliceFeatures.of(pixels);

        assertThat(pixels.position()).isZero();
    }

    @Test
    void sliceOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> SliceFeatures.of(ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("224 x 224")
                .hasMessageContaining("100");
    }

    private static boolean isBlock(int row, int column, int from, int to) {
        return row >= from && row < to && column >= from && column < to;
    }

    static ByteBuffer slice(Painter painter) {
        ByteBuffer pixels = ByteBuffer.allocate(224 * 224);
        for (int row = 0; row < 224; row++) {
            for (int column = 0; column < 224; column++) {
                pixels.put((byte) painter.grey(row, column));
            }
        }
        return pixels.flip();
    }

    interface Painter {
        int grey(int row, int column);
    }
}
