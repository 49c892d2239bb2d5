package org.ctstream.cli.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;

/** Releases with one number for weights: for what does not read them. */
public final class HollowReleases {
    private HollowReleases() {}

    /** @param content makes the digest */
    public static StoredRelease save(ModelStore store, String version, String content) {
        var weights = new Weights(
                Map.of("content", content), Map.of("nothing", Tensor.ofFloats(List.of(1L), new float[] {1})));
        return store.save(
                new ModelRelease(
                        "net",
                        version,
                        "For tests.",
                        "small-cnn",
                        weights.sha256(),
                        224,
                        224,
                        Collections.nCopies(3, 0.5),
                        Collections.nCopies(3, 0.25),
                        List.of("negative", "positive"),
                        0.5,
                        true,
                        Map.of("auc", 0.9123, "accuracy", 0.85),
                        new Lineage(Map.of("0", 425L), 7, "test", "net:0"),
                        Instant.parse("2026-11-22T10:15:30Z")),
                weights,
                "# Net " + version);
    }
}
