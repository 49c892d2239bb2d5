package org.ctstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
    private static final TreeMap<String, List<Long>> SHAPES = new TreeMap<>(Map.of(
            "conv.weight", List.of(64L, 32L, 3L, 3L),
            "fc.weight", List.of(100L, 400L),
            "fc.bias", List.of(100L),
            "norm.weight", List.of(5L),
            "norm.bias", List.of(5L),
            "norm.running_mean", List.of(5L),
            "norm.running_var", List.of(5L)));

    @Test
    void convolutionsAreNormalByFanInAndLinearLayersUniform() {
        Weights weights = InitialWeights.of(SHAPES, 3);

        double fanIn = 32 * 9;
        assertThat(meanSquare(weights.tensor("conv.weight").toFloats())).isCloseTo(2 / fanIn, within(0.05 * 2 / fanIn));
        float[] linear = weights.tensor("fc.weight").toFloats();
        float bound = 1 / 20f;
        for (float value : linear) {
            assertThat(value).isBetween(-bound, bound);
        }
        assertThat(meanSquare(linear)).isCloseTo(bound * bound / 3, within(0.05 * bound * bound / 3));
    }

    @Test
    void normalisationsAreTheIdentityAndBiasesZero() {
        Weights weights = InitialWeights.of(SHAPES, 3);

        assertThat(weights.tensor("norm.weight").toFloats()).containsOnly(1);
        assertThat(weights.tensor("norm.running_var").toFloats()).containsOnly(1);
        assertThat(weights.tensor("norm.running_mean").toFloats()).containsOnly(0);
        assertThat(weights.tensor("norm.bias").toFloats()).containsOnly(0);
        assertThat(weights.tensor("fc.bias").toFloats()).containsOnly(0);
    }

    /** A seed in a release's lineage has to mean the same weights in years to come. */
    @Test
    void seedIsSpecifiedToTheBit() {
        float first = InitialWeights.of(SHAPES, 3).tensor("conv.weight").toFloats()[0];

        assertThat(first).isEqualTo((float) (new Random(3).nextGaussian() * Math.sqrt(2 / (32.0 * 9))));
        assertThat(InitialWeights.of(SHAPES, 3)).isEqualTo(InitialWeights.of(SHAPES, 3));
        assertThat(InitialWeights.of(SHAPES, 4)).isNotEqualTo(InitialWeights.of(SHAPES, 3));
    }

    private static double meanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum / values.length;
    }
}
