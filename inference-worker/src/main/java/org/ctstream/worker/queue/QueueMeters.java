package org.ctstream.worker.queue;

import io.micrometer.core.instrument.Counter;
import java.util.function.IntSupplier;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.metrics.WorkerMeter;

/**
 * What queue mode counts.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class QueueMeters {
    private final Counter renewals;
    private final Counter redeliveries;
    private final Counter refusedRenewals;
    private final Counter refusedAcceptances;
    private final Counter handedBack;

    /** @param inHand deliveries that are not settled */
    QueueMeters(Metrics metrics, IntSupplier inHand) {
        metrics.gauge(WorkerMeter.QUEUE_IN_HAND, inHand, IntSupplier::getAsInt);
        renewals = metrics.counter(WorkerMeter.QUEUE_RENEWALS);
        redeliveries = metrics.counter(WorkerMeter.QUEUE_REDELIVERIES);
        refusedRenewals = metrics.counter(WorkerMeter.QUEUE_LOCKS_LOST, "renewal");
        refusedAcceptances = metrics.counter(WorkerMeter.QUEUE_LOCKS_LOST, "acceptance");
        handedBack = metrics.counter(WorkerMeter.QUEUE_HANDED_BACK);
    }

    void delivered(Delivery delivery) {
        if (delivery.count() > 1) {
            redeliveries.increment();
        }
    }

    void renewing(int records) {
        renewals.increment(records);
    }

    void renewalRefused() {
        refusedRenewals.increment();
    }

    void acceptanceRefused() {
        refusedAcceptances.increment();
    }

    void handedBack(int records) {
        handedBack.increment(records);
    }
}
