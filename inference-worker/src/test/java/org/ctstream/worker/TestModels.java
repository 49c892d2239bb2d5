package org.ctstream.worker;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/** Makes releases that differ by their seed. */
final class TestModels {
    private TestModels() {}

    /** A release whose weights no engine need read: for engine none. */
    static StoredRelease hollow(ModelStore store, String version) {
        return save(store, version, "small-cnn", Scans.SIDE, hollowWeights(version));
    }

    /** As {@link #hollow}, of any architecture and slice size. */
    static StoredRelease hollow(ModelStore store, String version, String architecture, int side) {
        return save(store, version, architecture, side, hollowWeights(version));
    }

    /** A release that PyTorch can serve, of a network that costs a millisecond. */
    static StoredRelease smallCnn(ModelStore store, String version, long seed) {
        return save(store, version, "small-cnn", Scans.SIDE, smallCnnWeights(seed, 1));
    }

    /** As {@link #smallCnn}, with weights that are no numbers. */
    static StoredRelease smallCnnOfNaN(ModelStore store, String version) {
        return save(store, version, "small-cnn", Scans.SIDE, smallCnnWeights(1, Float.NaN));
    }

    private static Weights hollowWeights(String version) {
        return new Weights(
                Map.of("version", version), Map.of("nothing", Tensor.ofFloats(List.of(1L), new float[] {1})));
    }

    private static Weights smallCnnWeights(long seed, float factor) {
        var random = new Random(seed);
        var tensors = new HashMap<String, Tensor>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            var network = Networks.named("small-cnn", 2);
            network.setInitializer(Initializer.ZEROS, (Parameter every) -> true);
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, Scans.SIDE, Scans.SIDE));
            Parameters.shapes(network).forEach((name, shape) -> {
                float[] values =
                        new float[shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)];
                for (int i = 0; i < values.length; i++) {
                    // Variances must be positive.
                    values[i] = (float) Math.abs(random.nextGaussian()) * 0.1f * factor;
                }
                tensors.put(name, Tensor.ofFloats(shape, values));
            });
        }
        return new Weights(Map.of("seed", Long.toString(seed)), tensors);
    }

    private static StoredRelease save(
            ModelStore store, String version, String architecture, int side, Weights weights) {
        var release = new ModelRelease(
                "net",
                version,
                "For tests.",
                architecture,
                weights.sha256(),
                side,
                side,
                Collections.nCopies(3, 0.5),
                Collections.nCopies(3, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of("auc", 0.9),
                new Lineage(Map.of(), 1, "test", null),
                Instant.EPOCH);
        return store.save(release, weights);
    }
}
