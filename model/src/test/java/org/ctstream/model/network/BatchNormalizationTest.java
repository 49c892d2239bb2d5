package org.ctstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchNormalizationTest {
    private final NDManager manager = NDManager.newBaseManager();
    private final BatchNormalization normalization = new BatchNormalization(1);

    @BeforeEach
    void giveEveryParameterAValue() {
        normalization.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 1, 1));
        Parameters.load(
                normalization,
                "one normalisation",
                new Weights(
                        Map.of(),
                        Map.of("weight", one(3), "bias", one(5), "running_mean", one(2), "running_var", one(4))));
    }

    @AfterEach
    void freeMemory() {
        manager.close();
    }

    @Test
    void inferenceUsesTheRunningStatistics() {
        // 3 x (10 - 2) / sqrt(4 + 1e-5) + 5
        assertThat(forward(false)[0]).isCloseTo(17, within(1e-4f));
    }

    @Test
    void trainingUsesTheBatchAndMovesTheRunningStatistics() {
        float[] result = forward(true);

        // The batch 10, 14 has mean 12, variance 4 of the population, 8 of the sample.
        assertThat(result[0]).isCloseTo(2, within(1e-4f));
        assertThat(value("running_mean")).isCloseTo(0.9f * 2 + 0.1f * 12, within(1e-5f));
        assertThat(value("running_var")).isCloseTo(0.9f * 4 + 0.1f * 8, within(1e-5f));
    }

    @Test
    void frozenTrainingUsesTheRunningStatisticsAndLeavesThemAlone() {
        normalization.setFrozen(true);

        float[] result = forward(true);

        assertThat(result[0]).isCloseTo(17, within(1e-4f));
        assertThat(value("running_mean")).isEqualTo(2);
        assertThat(value("running_var")).isEqualTo(4);
    }

    private float[] forward(boolean training) {
        NDArray x = manager.create(new float[] {10, 14}, new Shape(2, 1, 1, 1));
        return normalization
                .forward(new ParameterStore(manager, false), new NDList(x), training)
                .singletonOrThrow()
                .toFloatArray();
    }

    private float value(String parameter) {
        SortedMap<String, Parameter> parameters = Parameters.byName(normalization);
        return Objects.requireNonNull(parameters.get(parameter)).getArray().getFloat();
    }

    private static Tensor one(float value) {
        return Tensor.ofFloats(List.of(1L), new float[] {value});
    }
}
