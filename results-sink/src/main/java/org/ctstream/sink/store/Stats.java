package org.ctstream.sink.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored results in numbers.
 *
 * @param stored results
 * @param scans distinct scans among them
 * @param byLabel results per label; every label is there
 * @param alerted alerts on the topic
 * @param redelivered records read again whose result was there already
 * @param deadLettered records that became dead letters here
 * @param latencyMs from received to stored, over the newest results; null before the first
 * @param scansPerSecond results stored per second over the last minute
 */
public record Stats(
        long stored,
        long scans,
        Map<String, Long> byLabel,
        long alerted,
        long redelivered,
        long deadLettered,
        @Nullable Latency latencyMs,
        @Nullable Instant oldestStoredAt,
        @Nullable Instant newestStoredAt,
        List<Model> models,
        double scansPerSecond) {
    public Stats {
        models = List.copyOf(models);
    }

    /** Percentiles in milliseconds, by nearest rank. */
    public record Latency(double p50, double p95, double p99) {}

    /** A model and how many results it gave. */
    public record Model(String name, String version, boolean trained, long count) {}
}
