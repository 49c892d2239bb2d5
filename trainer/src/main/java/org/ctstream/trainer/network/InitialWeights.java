package org.ctstream.trainer.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/**
 * Random weights to begin training with, the same to the bit for the same seed on every machine: convolutions normal with
 * variance 2/fan-in, linear layers uniform within 1/sqrt(fan-in), normalisations the identity, biases zero.
 *
 * @see "He et al., Delving Deep into Rectifiers, ICCV 2015"
 */
public final class InitialWeights {
    private static final int CONVOLUTION_AXES = 4;
    private static final int LINEAR_AXES = 2;

    private InitialWeights() {}

    /**
     * Weights of these names and shapes.
     *
     * @param shapes as {@link org.ctstream.model.network.Parameters#shapes} gives them
     */
    public static Weights of(SortedMap<String, List<Long>> shapes, long seed) {
        // Random is specified to the bit; it draws in the order of the names.
        Random random = new Random(seed);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, Tensor.ofFloats(shape, values(name, shape, random))));
        return new Weights(Map.of(), tensors);
    }

    private static float[] values(String name, List<Long> shape, Random random) {
        float[] values = new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))];
        double fanIn = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        if (shape.size() == CONVOLUTION_AXES) {
            double deviation = Math.sqrt(2 / fanIn);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        } else if (shape.size() == LINEAR_AXES) {
            double bound = 1 / Math.sqrt(fanIn);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        } else if (name.endsWith(".running_var") || name.endsWith(".weight")) {
            Arrays.fill(values, 1);
        }
        return values;
    }
}
