package org.ctstream.cli.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.ctstream.publisher.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What became of every scan of a run; written as JSON.
 *
 * @param published scans Kafka has confirmed
 * @param normalized scans on {@code ct.scan.normalized}, and so on for the other topics
 * @param stored scans with a result in the database
 * @param duplicates whatever a scan has beyond one: records on {@code ct.scan.classified}, results, alerts, dead letters
 * @param elapsedMs from the first publish to the last result or dead letter
 * @param latencyMs from published to stored; null if nothing was stored
 * @param missing sources of scans with neither result nor dead letter
 * @param contradictory sources of scans with both
 * @param refused inputs that never were on the topic
 */
@JsonPropertyOrder({
    "published",
    "normalized",
    "classified",
    "stored",
    "alerted",
    "deadLettered",
    "duplicates",
    "elapsedMs",
    "scansPerSecond",
    "latencyMs",
    "models",
    "results",
    "deadLetters",
    "missing",
    "contradictory",
    "refused"
})
record Report(
        int published,
        int normalized,
        int classified,
        int stored,
        int alerted,
        int deadLettered,
        int duplicates,
        long elapsedMs,
        double scansPerSecond,
        @Nullable Latency latencyMs,
        List<Result> results,
        List<Rejected> deadLetters,
        List<String> missing,
        List<String> contradictory,
        List<Refusal> refused) {
    Report {
        results = List.copyOf(results);
        deadLetters = List.copyOf(deadLetters);
        missing = List.copyOf(missing);
        contradictory = List.copyOf(contradictory);
        refused = List.copyOf(refused);
    }

    /** Percentiles in milliseconds, by nearest rank. */
    record Latency(long p50, long p95, long p99) {}

    /** @param source the file below the folder, or the phantom's name */
    record Result(
            String scanId,
            String source,
            String label,
            @Nullable Double probability,
            String modelName,
            String modelVersion,
            boolean modelTrained,
            String engine) {}

    /** A dead letter. */
    record Rejected(String scanId, String source, String stage, String reason, String error) {}

    /** The releases that made the results, as {@code name:version}. */
    @JsonProperty("models")
    List<String> models() {
        return results.stream()
                .map(result -> result.modelName() + ":" + result.modelVersion())
                .distinct()
                .sorted()
                .toList();
    }

    /** True if every input was published and every published scan is one result or one dead letter, exactly once. */
    @JsonIgnore
    boolean isComplete() {
        return published > 0 && missing.isEmpty() && contradictory.isEmpty() && refused.isEmpty() && duplicates == 0;
    }

    @JsonProperty("complete")
    boolean complete() {
        return isComplete();
    }
}
