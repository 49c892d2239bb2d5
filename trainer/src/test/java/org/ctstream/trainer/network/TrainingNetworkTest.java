package org.ctstream.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.trainer.loss.CrossEntropy;
import org.ctstream.trainer.optimize.Optimizer;
import org.ctstream.trainer.optimize.Sgd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingNetworkTest {
    private static final int SIDE = 16;
    private static final String RUNNING_MEAN = "layer1.norm.running_mean";
    private static final String RUNNING_VARIANCE = "layer1.norm.running_var";

    private TrainingNetwork network;

    @BeforeEach
    void open() {
        OneThread.load();
        network = TrainingNetwork.create("small-cnn", 2, 0, 1, Device.cpu());
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void sameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        try (TrainingNetwork same = TrainingNetwork.create("small-cnn", 2, 0, 1, Device.cpu());
                TrainingNetwork other = TrainingNetwork.create("small-cnn", 2, 0, 2, Device.cpu())) {
            assertThat(same.weights()).isEqualTo(network.weights());
            assertThat(other.weights()).isNotEqualTo(network.weights());
        }
    }

    /** torch: new = 0.9 old + 0.1 batch, with the variance of the sample (n - 1), from 0 and 1. */
    @Test
    void forwardInTrainingMovesRunningStatisticsAsTorchDoes() {
        Weights weights = withFirstConvolutionsPassingOnTheInput();
        network.restore(weights);
        double[] moments = moments(pixels());

        forward(true);
        assertRunning(0.1 * moments[0], 0.9 + 0.1 * moments[1]);
        forward(true);
        assertRunning(0.19 * moments[0], 0.81 + 0.19 * moments[1]);

        forward(false);
        assertRunning(0.19 * moments[0], 0.81 + 0.19 * moments[1]);
    }

    @Test
    void frozenStagesHaveNoGradientAndNeitherWeightsNorStatisticsNorOutputsMove() {
        network.trainOnly(Set.of("layer3", "fc"));
        Weights before = network.weights();
        float[] prefixBefore = prefix();

        try (Optimizer optimizer = new Optimizer(network.manager(), network.trainable(), new Sgd(0.9f, 0.01f))) {
            for (int step = 0; step < 3; step++) {
                backward();
                assertThat(array("layer1.conv.weight").hasGradient()).isFalse();
                optimizer.step(0.1);
            }
        }

        assertThat(network.frozenPrefix()).containsExactly("layer1", "layer2");
        assertThat(network.trainable().keySet()).allMatch(name -> name.startsWith("layer3.") || name.startsWith("fc."));
        network.weights().tensors().forEach((name, tensor) -> {
            if (name.startsWith("layer3.") || name.startsWith("fc.")) {
                assertThat(tensor).as(name).isNotEqualTo(before.tensor(name));
            } else {
                assertThat(tensor).as(name).isEqualTo(before.tensor(name));
            }
        });
        assertThat(prefix()).isEqualTo(prefixBefore);
    }

    @Test
    void whatMovesIsEverythingOfTheStagesThatLearnWithTheirStatistics() {
        network.trainOnly(Set.of("layer2"));

        assertThat(network.moving().keySet())
                .allMatch(name -> name.startsWith("layer2."))
                .contains("layer2.norm.running_mean", "layer2.norm.running_var", "layer2.norm.weight");
        assertThat(network.trainable().keySet())
                .doesNotContain("layer2.norm.running_mean", "layer2.norm.running_var")
                .contains("layer2.norm.weight");
        assertThat(network.firstTrainable()).isEqualTo(1);
    }

    @Test
    void gradientOfTheWholeNetworkIsTheSlopeOfItsLoss() {
        network.trainOnly(Set.copyOf(network.network().stages()));
        backward();
        Weights weights = network.weights();
        float[] gradient = gradientOf("fc.weight");
        float step = 0.05f;
        for (int i = 0; i < gradient.length; i += 17) {
            double slope = (lossWith(weights, i, step) - lossWith(weights, i, -step)) / (2 * step);

            assertThat(slope).as("element %d", i).isCloseTo(gradient[i], within(2e-3 + Math.abs(gradient[i]) * 0.02));
        }
    }

    @Test
    void gradientsOfMicroBatchesAddUpToThatOfTheWholeBatchWhereNormalisationsAreFrozen() {
        network.trainOnly(Set.of("fc"));
        backward();
        float[] whole = gradientOf("fc.weight");
        clearGradient("fc.weight");

        try (Gradients gradients = Gradients.on();
                NDManager scope = network.manager().newSubManager()) {
            for (int image = 0; image < 4; image++) {
                NDArray one = input(scope).get("{}:{}", image, image + 1);
                NDArray loss = CrossEntropy.of(
                        network.run(one, 0, 4, true), targets(scope).get("{}:{}", image, image + 1));
                gradients.addOf(loss.mul(0.25f));
            }
        }

        assertThat(gradientOf("fc.weight")).containsExactly(whole, within(1e-6f));
    }

    @Test
    void inputBecomesChannelsFirstByShapeAndFeaturesStayAsTheyAre() {
        ByteBuffer values = ByteBuffer.allocateDirect(6 * Float.BYTES).order(ByteOrder.nativeOrder());
        values.asFloatBuffer().put(new float[] {1, 2, 3, 4, 5, 6});
        try (NDManager scope = network.manager().newSubManager();
                NDArray image = network.input(values, new Shape(1, 1, 2, 3), scope);
                NDArray features = network.input(values, new Shape(2, 3), scope)) {
            assertThat(image.getShape()).isEqualTo(new Shape(1, 3, 1, 2));
            assertThat(image.toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(features.getShape()).isEqualTo(new Shape(2, 3));
            assertThat(features.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void seededEngineDropsTheSameInputsAgain() {
        try (TrainingNetwork dropping = TrainingNetwork.create("small-cnn", 2, 0.5f, 1, Device.cpu())) {
            List<float[]> outputs = new ArrayList<>();
            for (long seed : new long[] {7, 7, 8}) {
                dropping.seedEngine(seed);
                try (NDManager scope = network.manager().newSubManager()) {
                    outputs.add(dropping.run(input(scope), 0, 4, true).toFloatArray());
                }
            }
            assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
            assertThat(outputs.get(2)).isNotEqualTo(outputs.get(0));
        }
    }

    @Test
    void infiniteAndMissingNumbersAreFound() {
        assertThat(network.isFinite()).isTrue();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            network.restore(with(network.weights(), "fc.bias", new float[] {0, bad}));

            assertThat(network.isFinite()).as("with %s", bad).isFalse();
        }
    }

    @Test
    void weightsOfAnotherNetworkAreNotGoneOnFromAndNothingIsChanged() {
        Weights before = network.weights();
        Map<String, Tensor> fewer = new TreeMap<>(network.weights().tensors());
        fewer.put("fc.bias", Tensor.ofFloats(List.of(3L), new float[3]));

        assertThatExceptionOfType(WeightsException.Mismatch.class)
                .isThrownBy(() -> network.restore(new Weights(Map.of(), fewer)))
                .withMessageContainingAll("fc.bias", "[3]");
        assertThat(network.weights()).isEqualTo(before);
        assertThat(network.load(new Weights(Map.of(), fewer)).misshaped()).hasSize(1);
    }

    @Test
    void unknownStageIsRefusedNamingTheStages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.trainOnly(Set.of("layer9")))
                .withMessageContainingAll("layer9", "layer1", "layer2", "layer3", "fc");
    }

    private void forward(boolean training) {
        try (NDManager scope = network.manager().newSubManager()) {
            network.run(input(scope), 0, 4, training);
        }
    }

    private float[] prefix() {
        try (NDManager scope = network.manager().newSubManager()) {
            return network.run(input(scope), 0, 2, true).toFloatArray();
        }
    }

    private void backward() {
        try (Gradients gradients = Gradients.on();
                NDManager scope = network.manager().newSubManager()) {
            gradients.addOf(CrossEntropy.of(network.run(input(scope), 0, 4, true), targets(scope)));
        }
    }

    private double lossWith(Weights weights, int element, float by) {
        float[] moved = weights.tensor("fc.weight").toFloats();
        moved[element] += by;
        network.restore(with(weights, "fc.weight", moved));
        try (NDManager scope = network.manager().newSubManager()) {
            return CrossEntropy.of(network.run(input(scope), 0, 4, true), targets(scope))
                    .getFloat();
        }
    }

    private float[] gradientOf(String name) {
        try (NDArray gradient = array(name).getGradient()) {
            return gradient.toFloatArray();
        }
    }

    private void clearGradient(String name) {
        try (NDArray gradient = array(name).getGradient()) {
            gradient.muli(0f);
        }
    }

    private NDArray array(String name) {
        return Objects.requireNonNull(network.parameters().get(name)).getArray();
    }

    private NDArray input(NDManager scope) {
        ByteBuffer values =
                ByteBuffer.allocateDirect(4 * SIDE * SIDE * 3 * Float.BYTES).order(ByteOrder.nativeOrder());
        for (float pixel : pixels()) {
            for (int channel = 0; channel < 3; channel++) {
                values.putFloat(pixel);
            }
        }
        return network.input(values.flip(), new Shape(4, SIDE, SIDE, 3), scope);
    }

    private static float[] pixels() {
        Random random = new Random(11);
        float[] pixels = new float[4 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian() + 0.5f;
        }
        return pixels;
    }

    private static NDArray targets(NDManager scope) {
        return scope.create(new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}});
    }

    /** Mean and variance of the sample. */
    private static double[] moments(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return new double[] {mean, (squares - values.length * mean * mean) / (values.length - 1)};
    }

    /** Filter f of the first layer gives f + 1 times the first channel. */
    private Weights withFirstConvolutionsPassingOnTheInput() {
        Tensor kernels = network.weights().tensor("layer1.conv.weight");
        float[] values = new float[kernels.toFloats().length];
        int middle = 4;
        for (int filter = 0; filter < kernels.shape().get(0); filter++) {
            values[filter * 27 + middle] = filter + 1f;
        }
        return with(network.weights(), "layer1.conv.weight", values);
    }

    private void assertRunning(double mean, double variance) {
        float[] means = network.weights().tensor(RUNNING_MEAN).toFloats();
        float[] variances = network.weights().tensor(RUNNING_VARIANCE).toFloats();
        double start = 1 - mean / moments(pixels())[0];
        for (int filter = 0; filter < means.length; filter++) {
            double scale = filter + 1;
            double moved = start + (variance - start) * scale * scale;
            assertThat(means[filter]).isCloseTo((float) (mean * scale), within((float) (1e-5 * scale)));
            assertThat(variances[filter]).isCloseTo((float) moved, within((float) (1e-4 * moved)));
        }
    }

    private static Weights with(Weights weights, String name, float[] values) {
        Map<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        tensors.put(name, Tensor.ofFloats(weights.tensor(name).shape(), values));
        return new Weights(Map.of(), tensors);
    }
}
