package org.ctstream.releases;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;

/** Makes releases and their records for tests. */
public final class Releases {
    private Releases() {}

    public static ModelRelease release(String version) {
        return new ModelRelease(
                "net",
                version,
                "For tests.",
                "small-cnn",
                digest(version),
                224,
                224,
                Collections.nCopies(3, 0.5),
                Collections.nCopies(3, 0.25),
                List.of("negative", "positive"),
                0.4,
                true,
                Map.of("auc", 0.91),
                new Lineage(Map.of("0", 12L), 7, "test", "net:0"),
                Instant.parse("2026-11-22T10:15:30Z"));
    }

    public static String digest(String version) {
        return String.format("%064x", version.hashCode() & 0xffffffffL);
    }

    public static ModelReleased record(String version, ModelStage stage) {
        return ModelReleased.newBuilder()
                .setName("net")
                .setVersion(version)
                .setUri("file:///models/net/" + version)
                .setSha256(digest(version))
                .setArchitecture("small-cnn")
                .setMean(List.of(0.5, 0.5, 0.5))
                .setStandardDeviation(List.of(0.25, 0.25, 0.25))
                .setThreshold(0.4)
                .setTrained(true)
                .setMetrics(Map.of("auc", 0.91))
                .setLineage(new org.ctstream.schemas.avro.Lineage(Map.of("0", 12L), 7L, "test", null))
                .setStage(stage)
                .setReleasedAt(Instant.ofEpochMilli(1_000))
                .build();
    }
}
