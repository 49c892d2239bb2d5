package org.ctstream.worker.predict;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.metrics.WorkerMeter;

/** Measures what the engine does with each batch, and what that made its scans wait. For one thread, the engine's. */
final class EngineMeters {
    private final Timer inference;
    private final DistributionSummary batchSizes;
    private final Map<Lane, Timer> queue = new EnumMap<>(Lane.class);

    EngineMeters(Metrics metrics) {
        this.inference = metrics.timer(WorkerMeter.INFERENCE);
        this.batchSizes = metrics.summary(WorkerMeter.BATCH_SIZE);
        for (Lane lane : Lane.values()) {
            queue.put(lane, metrics.timer(WorkerMeter.QUEUE, lane.word()));
        }
    }

    /** The wait of a batch's scans is over. */
    void taken(PreparedBatch batch) {
        Timer timer = Objects.requireNonNull(queue.get(batch.lane()));
        for (int i = 0; i < batch.size(); i++) {
            timer.record(batch.waitedNanos(i), TimeUnit.NANOSECONDS);
        }
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
