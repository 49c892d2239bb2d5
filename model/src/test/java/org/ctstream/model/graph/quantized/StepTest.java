package org.ctstream.model.graph.quantized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepTest {
    @Test
    void bytesReachFromTheLowestToTheHighestNumberOfAllChannels() {
        Step step = Step.of(range(-1, 0, 0, 4), Scheme.ASYMMETRIC);

        assertThat(step.scale()).isEqualTo(5 / 255f, within(1e-7f));
        assertThat(step.zeroPoint()).isEqualTo(51);
    }

    @Test
    void zeroIsExactAlsoWhereItIsNotInTheRange() {
        assertThat(Step.of(range(2, 4), Scheme.ASYMMETRIC)).isEqualTo(new Step(4 / 255f, 0));
        assertThat(Step.of(range(-4, -2), Scheme.ASYMMETRIC)).isEqualTo(new Step(4 / 255f, 255));
    }

    @Test
    void symmetricStepHasZeroPointZero() {
        assertThat(Step.of(range(-1, 254), Scheme.SYMMETRIC)).isEqualTo(new Step(2, 0));
        assertThat(Step.of(range(-127, 5), Scheme.SYMMETRIC)).isEqualTo(new Step(1, 0));
    }

    @Test
    void valueThatIsAlwaysZeroHasAStep() {
        assertThat(Step.of(range(0, 0), Scheme.ASYMMETRIC)).isEqualTo(new Step(1, 0));
        assertThat(Step.of(range(0, Float.MIN_VALUE), Scheme.SYMMETRIC)).isEqualTo(new Step(1, 0));
    }

    /** Low and high of each channel in turn. */
    private static ChannelRange range(float... bounds) {
        float[] low = new float[bounds.length / 2];
        float[] high = new float[bounds.length / 2];
        for (int i = 0; i < low.length; i++) {
            low[i] = bounds[2 * i];
            high[i] = bounds[2 * i + 1];
        }
        return new ChannelRange(low, high);
    }
}
