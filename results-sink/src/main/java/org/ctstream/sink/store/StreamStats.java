package org.ctstream.sink.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the stream has run lately.
 *
 * @param minutes results stored in each of the last {@link SystemQueries#MINUTES} minutes, oldest first; the last one is not
 *     over
 * @param stages times of the newest results by stage; empty before the first
 * @param sample how many results the stages and the workers are of
 * @param workers those that made the newest results
 */
public record StreamStats(List<Integer> minutes, List<StageTime> stages, int sample, List<WorkerSeen> workers) {
    public StreamStats {
        minutes = List.copyOf(minutes);
        stages = List.copyOf(stages);
        workers = List.copyOf(workers);
    }

    /**
     * Percentiles of one stage's time in milliseconds, by nearest rank.
     *
     * @param name {@code ingest}, {@code inference}, {@code sink} or {@code all}
     */
    public record StageTime(String name, double p50, double p95, double p99) {}

    /**
     * A worker as its results name it.
     *
     * @param results how many of the sample are its
     * @param lastAt when it classified the newest of them
     */
    public record WorkerSeen(
            String worker,
            String engine,
            String device,
            String modelName,
            String modelVersion,
            boolean modelTrained,
            long results,
            @Nullable Instant lastAt) {}
}
