package org.ctstream.model.plan;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ctstream.model.network.Networks;
import org.ctstream.model.onnx.RandomWeights;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;

/** A release in a store, of an architecture that is known by its name. */
public final class SmallReleases {
    private SmallReleases() {}

    /** Saves one for slices of 32 x 32. */
    public static StoredRelease save(Path store) {
        Weights weights = RandomWeights.of(Networks.named("small-cnn", 2), 1);
        ModelRelease release = new ModelRelease(
                "net",
                "1.0.0",
                "For tests.",
                "small-cnn",
                weights.sha256(),
                32,
                32,
                Collections.nCopies(3, 0.5),
                Collections.nCopies(3, 0.25),
                List.of("negative", "positive"),
                0.5,
                false,
                Map.of(),
                new Lineage(Map.of(), 1, "test", null),
                Instant.parse("2026-11-22T10:15:30Z"));
        return new ModelStore(store).save(release, weights);
    }
}
