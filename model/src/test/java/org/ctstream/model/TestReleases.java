package org.ctstream.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.untrained.SeededWeights;
import org.ctstream.model.weights.Weights;

/** Releases of a network small enough to run thousands of times. */
public final class TestReleases {
    public static final DenseNetLayout TINY = new DenseNetLayout("tiny", 4, List.of(2, 2), 8, 2);
    public static final int SIDE = 32;

    private TestReleases() {}

    public static Weights weights() {
        return SeededWeights.of(TINY, 1);
    }

    /** A release of the tiny network whose digest is that of these weights. */
    public static ModelRelease release(String version, Weights weights) {
        return new ModelRelease(
                "tiny",
                version,
                "For tests.",
                TINY.name(),
                weights.sha256(),
                SIDE,
                SIDE,
                List.of(0.4, 0.5, 0.6),
                Collections.nCopies(3, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of("auc", 0.9422),
                new Lineage(Map.of("0", 12L), 7, "test", "tiny:0.9.0"),
                Instant.parse("2026-11-22T10:15:30Z"));
    }
}
