package org.ctstream.sink.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import org.ctstream.service.error.Stage;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Rejected;
import org.ctstream.sink.store.Stored;

/** What the sink counts and times. Safe for use by any number of threads. */
final class SinkMeters {
    private final Metrics metrics;
    private final Counter stored;
    private final Counter redelivered;
    private final Counter alerts;
    private final Timer storeTime;
    private final Timer endToEnd;

    SinkMeters(Metrics metrics) {
        this.metrics = metrics;
        this.stored = metrics.scans(Stage.STORE, "stored");
        this.redelivered = metrics.scans(Stage.STORE, "redelivered");
        this.alerts = Counter.builder("ctstream.alerts")
                .description("Alerts published on ct.scan.alerted")
                .register(metrics.registry());
        this.storeTime = metrics.timer("store", "Time to store one poll in the database");
        this.endToEnd = metrics.timer("end.to.end", "Time from a scan's receipt to its stored result");
    }

    Timer storeTime() {
        return storeTime;
    }

    /** The database transaction is through. */
    void inDatabase(Stored result) {
        stored.increment(result.added().size());
        redelivered.increment(result.redelivered());
        for (Classified added : result.added()) {
            Metrics.age(endToEnd, added.value().getReceivedAt(), result.storedAt());
        }
    }

    /** The Kafka transaction is through. */
    void onTopics(Stored result) {
        alerts.increment(result.alerts().size());
        for (Rejected rejected : result.rejected()) {
            metrics.deadLettered(rejected.reason().stage(), rejected.reason().reason());
        }
    }
}
