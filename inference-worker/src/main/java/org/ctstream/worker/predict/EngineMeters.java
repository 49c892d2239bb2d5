package org.ctstream.worker.predict;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.metrics.Metrics;

/** Measures what the engine does with each batch. For one thread, the engine's. */
final class EngineMeters {
    private final Timer inference;
    private final DistributionSummary batchSizes;

    EngineMeters(Metrics metrics) {
        this.inference = metrics.timer("inference.batch", "Time the engine takes for one batch");
        this.batchSizes = DistributionSummary.builder("ctstream.batch.size")
                .description("Scans in one batch")
                .register(metrics.registry());
    }

    /** Classifies a batch; one that fails is not counted. */
    List<Outcome> classify(IsolatingClassifier classifier, PreparedBatch batch) {
        int size = batch.slices().size();
        if (size == 0) {
            return List.of();
        }
        long start = System.nanoTime();
        List<Outcome> outcomes = classifier.classify(batch);
        inference.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        batchSizes.record(size);
        return outcomes;
    }
}
