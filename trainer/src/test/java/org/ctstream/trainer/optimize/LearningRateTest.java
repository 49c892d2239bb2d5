package org.ctstream.trainer.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void publishedRateHalvesWhenFourHundredEpochsAreOver() {
        LearningRate rate = new LearningRate.StepDecay(0.007, 0.5, 400);

        assertThat(rate.at(0)).isEqualTo(0.007);
        assertThat(rate.at(399.99)).isEqualTo(0.007);
        assertThat(rate.at(400)).isEqualTo(0.0035);
        assertThat(rate.at(799.99)).isEqualTo(0.0035);
        assertThat(rate.at(800)).isEqualTo(0.00175);
        assertThat(rate.at(2999.99)).isCloseTo(0.007 / 128, within(1e-12));
    }

    @Test
    void cosineRisesInALineThenFallsByHalfACosineToZero() {
        LearningRate rate = new LearningRate.Cosine(0.04, 2, 10);

        assertThat(rate.at(0)).isPositive().isLessThan(0.001);
        assertThat(rate.at(1)).isCloseTo(0.02, within(2e-4));
        assertThat(rate.at(2)).isEqualTo(0.04);
        assertThat(rate.at(4)).isCloseTo(0.02 * (1 + Math.sqrt(0.5)), within(1e-9));
        assertThat(rate.at(6)).isCloseTo(0.02, within(1e-9));
        assertThat(rate.at(10)).isCloseTo(0, within(1e-9));
    }

    @Test
    void cosineWithoutWarmUpBeginsAtItsPeak() {
        assertThat(new LearningRate.Cosine(0.04, 0, 10).at(0)).isEqualTo(0.04);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.StepDecay(0, 0.5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.StepDecay(0.1, 1.5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.StepDecay(Double.NaN, 0.5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRate.Cosine(0.1, 10, 10));
    }
}
