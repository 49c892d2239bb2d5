package org.ctstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.ctstream.model.TestReleases;
import org.ctstream.model.weights.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreezingTest {
    private final NDManager manager = NDManager.newBaseManager();
    private final DenseNet network = new DenseNet(TestReleases.TINY);

    @BeforeEach
    void initialise() {
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 32, 32));
    }

    @AfterEach
    void freeMemory() {
        manager.close();
    }

    @Test
    void onlyTrainableStagesGetGradientsAndMoveTheirStatistics() {
        Freezing.apply(network, Set.of("features.denseblock2", "features.norm3", "classifier"));
        SortedMap<String, Tensor> before = Parameters.save(network).tensors();

        trainOnce();

        SortedMap<String, Tensor> after = Parameters.save(network).tensors();
        Parameters.byName(network).forEach((name, parameter) -> {
            boolean trainable = name.startsWith("features.denseblock2.")
                    || name.startsWith("features.norm3.")
                    || name.startsWith("classifier.");
            boolean statistic = name.contains(".running_");
            assertThat(parameter.requiresGradient()).as(name).isEqualTo(trainable && !statistic);
            assertThat(parameter.getArray().hasGradient()).as(name).isEqualTo(trainable && !statistic);
            assertThat(!Objects.equals(after.get(name), before.get(name)))
                    .as(name)
                    .isEqualTo(trainable && statistic);
        });
        assertThat(Freezing.firstTrainable(network)).isEqualTo(network.stages().indexOf("features.denseblock2"));
        assertThat(Freezing.trainable(network)).containsExactly("features.denseblock2", "features.norm3", "classifier");
    }

    @Test
    void stagesCanBecomeTrainableAgain() {
        Freezing.apply(network, Set.of());
        assertThat(Freezing.firstTrainable(network)).isEqualTo(network.stages().size());

        Freezing.apply(network, Set.copyOf(network.stages()));
        trainOnce();

        assertThat(Freezing.firstTrainable(network)).isZero();
        assertThat(Parameters.byName(network).get("features.conv0.weight"))
                .satisfies(parameter ->
                        assertThat(parameter.getArray().hasGradient()).isTrue());
    }

    @Test
    void unknownStageIsRefusedAndNothingChanges() {
        assertThatThrownBy(() -> Freezing.apply(network, Set.of("classifier", "denseblock2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tiny has no stages [denseblock2], only [features.conv0");
        assertThat(Freezing.firstTrainable(network)).isZero();
    }

    private void trainOnce() {
        NDArray images = manager.randomNormal(new Shape(2, 3, 32, 32));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = network.forward(
                    new ParameterStore(manager, false),
                    images,
                    0,
                    network.stages().size(),
                    true);
            collector.backward(logits.square().sum());
        }
    }
}
