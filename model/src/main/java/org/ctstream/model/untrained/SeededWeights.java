package org.ctstream.model.untrained;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/**
 * The random weights a network starts from, the same to the bit for the same seed on every machine.
 *
 * <p>As torchvision does it: convolutions normal with variance 2/fan-in, normalisations the identity, the classifier
 * without bias. Only the classifier differs: normal instead of uniform, and {@value #CLASSIFIER_GAIN} times as wide,
 * because otherwise all CT slices would get nearly the same probability.
 *
 * @see "He et al., Delving Deep into Rectifiers, ICCV 2015"
 */
public final class SeededWeights {
    /** Changes whenever the same seed makes other weights. */
    static final String RECIPE = "seeded-weights-1";

    /** Width of the classifier's weights, in units of 1/sqrt(fan-in). */
    private static final double CLASSIFIER_GAIN = 8;

    private SeededWeights() {}

    /** Weights for a network; the notes say the architecture, the seed and that they are untrained. */
    public static Weights of(DenseNetLayout layout, long seed) {
        // Random is specified to the bit, its gaussians through StrictMath; it draws in the order of the names.
        Random random = new Random(seed);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        layout.parameters().forEach((name, shape) -> tensors.put(name, tensor(name, shape, random)));
        return new Weights(
                Map.of(
                        "architecture",
                        layout.name(),
                        "recipe",
                        RECIPE,
                        "seed",
                        Long.toString(seed),
                        "trained",
                        "false"),
                tensors);
    }

    private static Tensor tensor(String name, List<Long> shape, Random random) {
        double fanIn = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        if (shape.size() == 4) {
            return normal(shape, Math.sqrt(2.0 / fanIn), random);
        }
        if (shape.size() == 2) {
            return normal(shape, CLASSIFIER_GAIN / Math.sqrt(fanIn), random);
        }
        return constant(shape, name.endsWith(".running_var") || isScale(name) ? 1 : 0);
    }

    /** A weight with one axis scales a normalisation. */
    private static boolean isScale(String name) {
        return name.endsWith(".weight");
    }

    private static Tensor normal(List<Long> shape, double deviation, Random random) {
        float[] values = new float[size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return Tensor.ofFloats(shape, values);
    }

    private static Tensor constant(List<Long> shape, float value) {
        float[] values = new float[size(shape)];
        Arrays.fill(values, value);
        return Tensor.ofFloats(shape, values);
    }

    private static int size(List<Long> shape) {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }
}
