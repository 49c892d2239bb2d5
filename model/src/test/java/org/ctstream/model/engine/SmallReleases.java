package org.ctstream.model.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.nio.file.Path;
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

/** Releases of registered networks with random weights, for slices of 32 x 32, as a model store has them. */
public final class SmallReleases {
    private SmallReleases() {}

    /**
     * A network of 24 thousand parameters that costs less than a millisecond.
     *
     * @param mean per channel; three equal ones are what lets an exporter take one input channel
     */
    public static StoredRelease smallCnn(Path folder, String version, List<Double> mean) {
        Weights weights = weights("small-cnn");
        var release = new ModelRelease(
                "small",
                version,
                "For tests.",
                "small-cnn",
                weights.sha256(),
                ClassifierContract.SIDE,
                ClassifierContract.SIDE,
                mean,
                Collections.nCopies(ModelRelease.CHANNELS, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of(),
                new Lineage(Map.of(), 1, "test", null),
                Instant.parse("2026-11-22T10:15:30Z"));
        return new ModelStore(folder).save(release, weights);
    }

    /** As training starts, with statistics that folding a normalisation wrongly would show in. */
    private static Weights weights(String architecture) {
        var random = new Random(5);
        Map<String, Tensor> tensors = new HashMap<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Block network = Networks.named(architecture, 2);
            network.setInitializer(Initializer.ZEROS, (Parameter every) -> true);
            network.initialize(
                    manager,
                    DataType.FLOAT32,
                    new Shape(1, ModelRelease.CHANNELS, ClassifierContract.SIDE, ClassifierContract.SIDE));
            Parameters.shapes(network).forEach((name, shape) -> tensors.put(name, tensor(name, shape, random)));
        }
        return new Weights(Map.of(), tensors);
    }

    private static Tensor tensor(String name, List<Long> shape, Random random) {
        int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        boolean scale = name.endsWith(".running_var") || (shape.size() == 1 && name.endsWith(".weight"));
        double deviation = shape.size() == 1 ? 0.1 : Math.sqrt(2.0 * shape.get(0) / size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            double gaussian = random.nextGaussian();
            values[i] = (float) (scale ? 0.5 + Math.abs(gaussian) : gaussian * deviation);
        }
        return Tensor.ofFloats(shape, values);
    }
}
