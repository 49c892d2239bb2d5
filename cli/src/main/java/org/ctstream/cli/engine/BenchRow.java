package org.ctstream.cli.engine;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.engine.measure.Timing;

/**
 * How fast one engine was with batches of one size.
 *
 * @param millisPerSlice mean over all calls
 * @param ratioToReference slices a second over the reference's with the same batch in the same run
 */
@JsonPropertyOrder({"engine", "device", "version", "precision", "threads", "sessions", "slicesPerRun", "batch"})
record BenchRow(
        String engine,
        String device,
        String version,
        String precision,
        int threads,
        int sessions,
        int slicesPerRun,
        int batch,
        int calls,
        double p50Millis,
        double p95Millis,
        double p99Millis,
        double millisPerSlice,
        double slicesPerSecond,
        double ratioToReference) {

    static BenchRow of(EngineDescription engine, Timing timing, Timing reference) {
        return new BenchRow(
                engine.engine(),
                engine.device().toString(),
                engine.version(),
                engine.precision().name().toLowerCase(Locale.ROOT),
                engine.threads(),
                engine.sessions(),
                engine.slicesPerRun(),
                timing.batch(),
                timing.calls(),
                timing.p50Millis(),
                timing.p95Millis(),
                timing.p99Millis(),
                1000 / timing.slicesPerSecond(),
                timing.slicesPerSecond(),
                timing.ratioTo(reference));
    }
}
