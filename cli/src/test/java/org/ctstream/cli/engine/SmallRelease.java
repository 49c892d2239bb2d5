package org.ctstream.cli.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/** A release of a network that costs less than a millisecond, with random weights. */
final class SmallRelease {
    static final String ID = "small:1.0.0";
    static final int SIDE = 64;

    private SmallRelease() {}

    static void save(Path store) {
        Weights weights = weights();
        var release = new ModelRelease(
                "small",
                "1.0.0",
                "For tests.",
                "small-cnn",
                weights.sha256(),
                SIDE,
                SIDE,
                List.of(0.5, 0.5, 0.5),
                Collections.nCopies(ModelRelease.CHANNELS, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of(),
                new Lineage(Map.of(), 1, "test", null),
                Instant.parse("2026-11-22T10:15:30Z"));
        var unused = new ModelStore(store).save(release, weights);
    }

    private static Weights weights() {
        var random = new Random(3);
        Map<String, Tensor> tensors = new HashMap<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            var network = Networks.named("small-cnn", 2);
            network.setInitializer(Initializer.ZEROS, (Parameter every) -> true);
            network.initialize(manager, DataType.FLOAT32, new Shape(1, ModelRelease.CHANNELS, SIDE, SIDE));
            Parameters.shapes(network).forEach((name, shape) -> {
                float[] values =
                        new float[shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)];
                for (int i = 0; i < values.length; i++) {
                    double gaussian = random.nextGaussian() * 0.2;
                    values[i] = (float) (name.endsWith(".running_var") ? 0.5 + Math.abs(gaussian) : gaussian);
                }
                tensors.put(name, Tensor.ofFloats(shape, values));
            });
        }
        return new Weights(Map.of(), tensors);
    }
}
