package org.ctstream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress begun = Progress.begin("small", "settings");

    @Test
    void firstEpochIsTheBestWhateverItsFigures() {
        Progress after = begun.afterEpoch(7, Double.NaN, Double.NaN);

        assertThat(after.bestEpoch()).isEqualTo(1);
        assertThat(after.updates()).isEqualTo(7);
        assertThat(after.finished()).isFalse();
    }

    @Test
    void largerAucBeatsWhateverTheLoss() {
        Progress after = begun.afterEpoch(1, 0.7, 0.4).afterEpoch(2, 0.8, 0.9);

        assertThat(after.bestEpoch()).isEqualTo(2);
        assertThat(after.bestAuc()).isEqualTo(0.8);
        assertThat(after.bestLoss()).isEqualTo(0.9);
    }

    @Test
    void sameAucBeatsWithASmallerLossOnly() {
        Progress one = begun.afterEpoch(1, 0.7, 0.4);

        assertThat(one.isBeatenBy(0.7, 0.39)).isTrue();
        assertThat(one.isBeatenBy(0.7, 0.4)).isFalse();
        assertThat(one.isBeatenBy(0.6, 0.1)).isFalse();
        assertThat(one.isBeatenBy(Double.NaN, 0.1)).isFalse();
    }

    @Test
    void lossDecidesWhereValidationHasOneClassOnly() {
        Progress after = begun.afterEpoch(1, Double.NaN, 0.4)
                .afterEpoch(2, Double.NaN, 0.3)
                .afterEpoch(3, Double.NaN, 0.35);

        assertThat(after.epoch()).isEqualTo(3);
        assertThat(after.bestEpoch()).isEqualTo(2);
        assertThat(after.bestLoss()).isEqualTo(0.3);
    }
}
