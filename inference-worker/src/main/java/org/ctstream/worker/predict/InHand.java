package org.ctstream.worker.predict;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.metrics.WorkerMeter;

/**
 * Counts each lane's scans that wait for the engine or are with it.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class InHand {
    private final Map<Lane, AtomicInteger> counts = new EnumMap<>(Lane.class);

    InHand(Metrics metrics) {
        for (Lane lane : Lane.values()) {
            var count = new AtomicInteger();
            counts.put(lane, count);
            metrics.gauge(WorkerMeter.SCANS_IN_HAND, count, AtomicInteger::get, lane.word());
        }
    }

    int of(Lane lane) {
        return count(lane).get();
    }

    void taken(List<PendingScan> scans) {
        scans.forEach(scan -> count(scan.lane()).incrementAndGet());
    }

    void handedOver(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> count(outcome.scan().lane()).decrementAndGet());
    }

    private AtomicInteger count(Lane lane) {
        return Objects.requireNonNull(counts.get(lane));
    }
}
