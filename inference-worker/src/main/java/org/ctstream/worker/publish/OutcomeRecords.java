package org.ctstream.worker.publish;

import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetters;
import org.ctstream.service.error.Stage;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.tracing.SpanAttributes;
import org.ctstream.service.tracing.Step;
import org.ctstream.worker.metrics.WorkerMeter;
import org.ctstream.worker.predict.Outcome;

/**
 * The record an outcome becomes, a result or a dead letter, and its count once Kafka has it.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads if the serializer is.
 */
public final class OutcomeRecords {
    private static final String SOURCE = "ctstream/inference-worker";

    private final Serializer<ScanClassified> serializer;
    private final ResultRecords results;
    private final Metrics metrics;
    private final Clock clock;
    private final Map<Lane, Timer> scanAges = new EnumMap<>(Lane.class);
    private final Map<Lane, Timer> outputs = new EnumMap<>(Lane.class);

    /** @param worker name of this worker, as it stands in each result */
    public OutcomeRecords(Serializer<ScanClassified> serializer, String worker, Metrics metrics) {
        this(serializer, worker, metrics, Clock.systemUTC());
    }

    OutcomeRecords(Serializer<ScanClassified> serializer, String worker, Metrics metrics, Clock clock) {
        this.serializer = serializer;
        this.results = new ResultRecords(worker);
        this.metrics = metrics;
        this.clock = clock;
        for (Lane lane : Lane.values()) {
            scanAges.put(lane, metrics.timer(WorkerMeter.SCAN_AGE, lane.word()));
            outputs.put(lane, metrics.timer(WorkerMeter.OUTPUT, lane.word()));
        }
    }

    /**
     * The record to send.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be encoded, as when the schema registry is away
     */
    ProducerRecord<byte[], byte[]> of(Outcome outcome) {
        ConsumerRecord<byte[], byte[]> original = outcome.scan().original();
        if (outcome instanceof Outcome.Rejected rejected) {
            // Consumer groups do not count deliveries.
            int attempts = original.deliveryCount().map(Short::intValue).orElse(1);
            return DeadLetters.of(original, rejected.reason(), attempts);
        }
        ScanClassified result = results.of((Outcome.Predicted) outcome);
        String topic = Topic.SCAN_CLASSIFIED.topicName();
        var headers = EventHeaders.following(
                original.headers(), topic, result.getResultId(), SOURCE, result.getClassifiedAt());
        metrics.tracing().done(headers, () -> step(original, result));
        byte[] value = serializer.serialize(topic, headers, result);
        return new ProducerRecord<>(topic, null, null, original.key(), value, headers);
    }

    /** From the scan's place on the topic, so that what it waited for its turn is in it. */
    private static Step step(ConsumerRecord<byte[], byte[]> original, ScanClassified result) {
        return new Step(
                "classify",
                Instant.ofEpochMilli(original.timestamp()),
                result.getClassifiedAt(),
                Attributes.builder()
                        .put(SpanAttributes.SCAN_ID, result.getScanId())
                        .put(SpanAttributes.RESULT_ID, result.getResultId())
                        .put(SpanAttributes.LABEL, result.getLabel().name())
                        .put(SpanAttributes.MODEL, result.getModelName() + ":" + result.getModelVersion())
                        .put(SpanAttributes.ENGINE, result.getEngine())
                        .put(SpanAttributes.DEVICE, result.getDevice())
                        .build());
    }

    private static Timer of(Map<Lane, Timer> timers, Lane lane) {
        return Objects.requireNonNull(timers.get(lane));
    }

    /** Counts an outcome that Kafka has. */
    void count(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            metrics.deadLettered(rejected.reason().stage(), rejected.reason().reason());
        } else if (outcome instanceof Outcome.Predicted predicted
                && predicted.scan().scan() != null) {
            metrics.scans(Stage.CLASSIFY, "classified").increment();
            Lane lane = outcome.scan().lane();
            Metrics.age(of(scanAges, lane), predicted.scan().scan().getReceivedAt(), predicted.at());
            Metrics.age(of(outputs, lane), predicted.at(), clock.instant());
        }
    }
}
