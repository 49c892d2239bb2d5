package org.ctstream.sink.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ctstream.service.error.Stage;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.tracing.SpanAttributes;
import org.ctstream.service.tracing.Step;
import org.ctstream.sink.metrics.SinkMeter;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Rejected;
import org.ctstream.sink.store.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sink counts and times. Safe for use by any number of threads. */
final class SinkMeters {
    private static final Logger log = LoggerFactory.getLogger(SinkMeters.class);

    private final Metrics metrics;
    private final Counter stored;
    private final Counter redelivered;
    private final Counter alerts;
    private final Counter embeddingsDropped;
    private final AtomicBoolean embeddingTold = new AtomicBoolean();
    private final Timer storeTime;
    private final Timer endToEnd;

    SinkMeters(Metrics metrics) {
        this.metrics = metrics;
        this.stored = metrics.scans(Stage.STORE, "stored");
        this.redelivered = metrics.scans(Stage.STORE, "redelivered");
        this.alerts = metrics.counter(SinkMeter.ALERTS);
        this.embeddingsDropped = metrics.counter(SinkMeter.EMBEDDINGS_DROPPED);
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
            if (added.losesEmbedding()) {
                withoutEmbedding(added);
            }
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

    /** Told once: a network that gives one such embedding gives them all so. */
    private void withoutEmbedding(Classified result) {
        embeddingsDropped.increment();
        if (embeddingTold.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("model", result.value().getModelName())
                    .addKeyValue("version", result.value().getModelVersion())
                    .addKeyValue(
                            "bytes",
                            Objects.requireNonNull(result.value().getEmbedding())
                                    .remaining())
                    .addKeyValue("most", Classified.LONGEST_EMBEDDING)
                    .log("Results are stored without their embeddings, which are empty or too long");
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
