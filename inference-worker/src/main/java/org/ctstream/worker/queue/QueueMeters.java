package org.ctstream.worker.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.util.function.IntSupplier;
import org.ctstream.service.metrics.Metrics;

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
        Gauge.builder("ctstream.queue.in.hand", inHand::getAsInt)
                .description("Scans this worker has from Kafka whose results are not out yet")
                .strongReference(true)
                .register(metrics.registry());
        renewals = Counter.builder("ctstream.queue.renewals")
                .description("Locks renewed, one for each scan and time")
                .register(metrics.registry());
        redeliveries = Counter.builder("ctstream.queue.redeliveries")
                .description("Scans that another worker, or this one, had before and did not finish")
                .register(metrics.registry());
        refusedRenewals = lost(metrics, "renewal");
        refusedAcceptances = lost(metrics, "acceptance");
        handedBack = Counter.builder("ctstream.queue.handed.back")
                .description("Scans given back to Kafka undone")
                .register(metrics.registry());
    }

    private static Counter lost(Metrics metrics, String found) {
        return Counter.builder("ctstream.queue.locks.lost")
                .description("Locks found to have run out, by what found it")
                .tag("found", found)
                .register(metrics.registry());
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
