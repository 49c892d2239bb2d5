package org.ctstream.sink.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import org.ctstream.service.error.Stage;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.tracing.SpanAttributes;
import org.ctstream.service.tracing.Step;
import org.ctstream.sink.metrics.SinkMeter;
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
        this.alerts = metrics.counter(SinkMeter.ALERTS);
        this.storeTime = metrics.timer(SinkMeter.STORE);
        this.endToEnd = metrics.timer(SinkMeter.END_TO_END);
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
            metrics.tracing().last(added.source().headers(), () -> step(added, result.storedAt()));
        }
    }

    private static Step step(Classified added, Instant storedAt) {
        return new Step(
                "store",
                Instant.ofEpochMilli(added.source().timestamp()),
                storedAt,
                Attributes.of(
                        SpanAttributes.SCAN_ID,
                        added.value().getScanId(),
                        SpanAttributes.RESULT_ID,
                        added.value().getResultId()));
    }

    /** The Kafka transaction is through. */
    void onTopics(Stored result) {
        alerts.increment(result.alerts().size());
        for (Rejected rejected : result.rejected()) {
            metrics.deadLettered(rejected.reason().stage(), rejected.reason().reason());
        }
    }
}
