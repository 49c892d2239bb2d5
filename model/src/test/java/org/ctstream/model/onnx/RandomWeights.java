package org.ctstream.model.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/** Weights under which every parameter of a network matters, normalisations included. */
public final class RandomWeights {
    private RandomWeights() {}

    public static Weights of(StagedNetwork network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new HashMap<>();
        Parameters.shapes(network).forEach((name, shape) -> tensors.put(name, tensor(name, shape, random)));
        return new Weights(Map.of(), tensors);
    }

    private static Tensor tensor(String name, List<Long> shape, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))];
        long fanIn = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        for (int i = 0; i < values.length; i++) {
            // Uniform with variance 1.
            double drawn = (random.nextDouble() - 0.5) * Math.sqrt(12);
            if (shape.size() > 1) {
                values[i] = (float) (drawn * Math.sqrt(2.0 / fanIn));
            } else if (name.endsWith("running_var")) {
                values[i] = (float) (0.5 + random.nextDouble());
            } else if (name.endsWith("weight")) {
                values[i] = (float) (1 + 0.2 * drawn);
            } else {
                values[i] = (float) (0.2 * drawn);
            }
        }
        return Tensor.ofFloats(shape, values);
    }
}
