package org.ctstream.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ctstream.model.TestReleases;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.Test;

class SeededWeightsTest {
    @Test
    void defaultSeedMakesTheSameFileOnEveryMachine() {
        Weights weights = SeededWeights.of(DenseNetLayout.denseNet169(2), UntrainedRelease.DEFAULT_SEED);

        assertThat(weights.sha256()).isEqualTo("a00dcf1b305b0abfac81f5df71e5b27185149fc8eb385dec120ec947bde74605");
        assertThat(weights.metadata())
                .containsEntry("trained", "false")
                .containsEntry("seed", "23")
                .containsEntry("architecture", "densenet169");
    }

    @Test
    void otherSeedMakesOtherWeights() {
        assertThat(SeededWeights.of(TestReleases.TINY, 1).tensors())
                .isNotEqualTo(SeededWeights.of(TestReleases.TINY, 2).tensors());
    }

    @Test
    void convolutionsHaveTheVarianceOfTheirFanIn() {
        Weights weights = SeededWeights.of(DenseNetLayout.denseNet169(2), 1);

        float[] kernel = weights.tensor("features.transition3.conv.weight").toFloats();

        double squares = 0;
        for (float value : kernel) {
            squares += (double) value * value;
        }
        assertThat(squares / kernel.length * 1280 / 2).isCloseTo(1, within(0.01));
    }

    @Test
    void normalisationsAreTheIdentity() {
        Weights weights = SeededWeights.of(TestReleases.TINY, 1);

        assertThat(weights.tensor("features.norm0.weight").toFloats()).containsOnly(1);
        assertThat(weights.tensor("features.norm0.bias").toFloats()).containsOnly(0);
        assertThat(weights.tensor("features.norm0.running_mean").toFloats()).containsOnly(0);
        assertThat(weights.tensor("features.norm0.running_var").toFloats()).containsOnly(1);
        assertThat(weights.tensor("classifier.bias").toFloats()).containsOnly(0);
    }
}
