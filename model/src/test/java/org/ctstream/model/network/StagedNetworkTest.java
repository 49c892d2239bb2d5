package org.ctstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedNetworkTest {
    private static final int SIDE = 64;
    private static final float TOLERANCE = 1e-5f;

    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void freeMemory() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small-cnn",
                "resnet18",
                "resnet50",
                "alexnet",
                "densenet121",
                "resnet18-embedding",
                "densenet169"
            })
    void stagesOneByOneAreTheWholeNetwork(String architecture) {
        StagedNetwork network = initialised(Networks.named(architecture, 3, 0.5));
        NDArray images = images();

        float[] whole = network.forward(store, new NDList(images), false)
                .singletonOrThrow()
                .toFloatArray();
        NDArray current = images;
        for (int i = 0; i < network.stages().size(); i++) {
            current = network.forward(store, current, i, i + 1, false);
        }

        assertThat(whole).hasSize(6).doesNotContain(Float.NaN);
        assertThat(network.getOutputShapes(new Shape[] {images.getShape()})[0]).isEqualTo(current.getShape());
        assertThat(current.toFloatArray()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small-cnn", "resnet18", "alexnet", "densenet121-embedding"})
    void imagesWhoseChannelsLieTogetherGiveTheSameLogits(String architecture) {
        StagedNetwork network = initialised(Networks.named(architecture, 2));
        NDArray images = images();
        NDArray channelsLast = manager.create(images.transpose(0, 2, 3, 1).toFloatArray(), new Shape(2, SIDE, SIDE, 3))
                .transpose(0, 3, 1, 2);

        float[] expected = logits(network, images);

        assertThat(logits(network, channelsLast)).containsExactly(expected, within(largest(expected) * TOLERANCE));
    }

    @Test
    void onlyTheResultIsLeftInTheInputsManager() {
        StagedNetwork network = initialised(Networks.named("resnet18-embedding", 2));
        try (NDManager call = manager.newSubManager()) {
            NDArray images = call.randomNormal(new Shape(2, 3, SIDE, SIDE));

            NDArray result = network.forward(new ParameterStore(call, false), images, 0, 4, false);

            assertThat(call.getManagedArrays()).containsExactlyInAnyOrder(images, result);
            assertThat(images.isReleased()).isFalse();
        }
    }

    @Test
    void embeddingsHaveLengthOneAndGradientsFlowThroughThem() {
        EmbeddingNetwork network = (EmbeddingNetwork) initialised(Networks.named("resnet18-embedding", 2));
        NDArray images = images();

        NDArray embeddings = network.embed(store, images, false);

        assertThat(embeddings.getShape()).isEqualTo(new Shape(2, network.embeddingLength()));
        assertThat(embeddings.square().sum(new int[] {1}).toFloatArray())
                .containsExactly(new float[] {1, 1}, within(TOLERANCE));
        assertThat(network.stages().get(network.embeddingStage())).isEqualTo("classifier");
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray trained = network.embed(store, images, true);
            collector.backward(trained.get("0").sub(trained.get("1")).square().sum());
        }
        assertThat(Parameters.byName(network).get("conv1.weight"))
                .satisfies(parameter -> assertThat(
                                parameter.getArray().getGradient().abs().sum().getFloat())
                        .isPositive());
    }

    @Test
    void dropoutActsInTrainingAlone() {
        StagedNetwork network = initialised(Networks.named("small-cnn", 2, 0.9));
        int last = network.stages().size() - 1;
        NDArray features = manager.ones(new Shape(1, 64));

        NDArray inference = network.forward(store, features, last, last + 1, false);
        NDArray training = network.forward(store, features, last, last + 1, true);

        assertThat(network.forward(store, features, last, last + 1, false)).isEqualTo(inference);
        assertThat(training.toFloatArray()).isNotEqualTo(inference.toFloatArray());
    }

    @Test
    void rangeThatIsNoneOfTheStagesIsRefused() {
        StagedNetwork network = initialised(Networks.named("small-cnn", 2));
        NDArray images = images();

        assertThatThrownBy(() -> network.forward(store, images, 2, 2, false))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("small-cnn has the stages 0 to 4, exclusive; asked for 2 to 2");
        assertThatThrownBy(() -> network.forward(store, images, 0, 5, false))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> network.forward(store, images, -1, 2, false))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private float[] logits(StagedNetwork network, NDArray images) {
        return network.forward(store, images, 0, network.stages().size(), false).toFloatArray();
    }

    private static float largest(float[] values) {
        float largest = 1;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private NDArray images() {
        float[] pixels = new float[2 * 3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i * 7919L % 1009) / 1009f - 0.5f;
        }
        return manager.create(pixels, new Shape(2, 3, SIDE, SIDE));
    }

    private StagedNetwork initialised(StagedNetwork network) {
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, SIDE, SIDE));
        return network;
    }
}
