package org.ctstream.sink.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.tracing.SpanAttributes;
import org.ctstream.service.tracing.Step;
import org.ctstream.service.tracing.Tracing;
import org.ctstream.sink.store.PendingAlert;

/**
 * Turns a positive result into the record that goes to {@code ct.scan.alerted}. Its alert id is the result id, so that
 * a consumer that keeps what it has seen needs nothing else.
 */
public final class AlertRecords {
    private static final String TOPIC = Topic.SCAN_ALERTED.topicName();
    private static final String SOURCE = "ctstream/results-sink";

    private final Serializer<ScanAlerted> serializer;
    private final Tracing tracing;

    public AlertRecords(Serializer<ScanAlerted> serializer, Tracing tracing) {
        this.serializer = serializer;
        this.tracing = tracing;
    }

    /** @throws StageException retriable if the schema registry is away */
    public ProducerRecord<byte[], byte[]> of(PendingAlert pending) {
        ScanClassified result = pending.classified().value();
        Headers headers = EventHeaders.following(
                pending.classified().source().headers(), TOPIC, result.getResultId(), SOURCE, pending.alertedAt());
        tracing.done(headers, () -> step(pending));
        byte[] key = result.getScanId().getBytes(UTF_8);
        try {
            byte[] value = serializer.serialize(TOPIC, headers, alert(result, pending.alertedAt()));
            return new ProducerRecord<>(TOPIC, null, key, value, headers);
        } catch (KafkaException e) {
            throw Failures.of(Stage.ALERT, e);
        }
    }

    private static Step step(PendingAlert pending) {
        ScanClassified result = pending.classified().value();
        return new Step(
                "alert",
                Instant.ofEpochMilli(pending.classified().source().timestamp()),
                pending.alertedAt(),
                Attributes.of(
                        SpanAttributes.SCAN_ID, result.getScanId(), SpanAttributes.RESULT_ID, result.getResultId()));
    }

    static ScanAlerted alert(ScanClassified result, Instant alertedAt) {
        return ScanAlerted.newBuilder()
                .setAlertId(result.getResultId())
                .setScanId(result.getScanId())
                .setStudyUid(result.getStudyUid())
                .setSeriesUid(result.getSeriesUid())
                .setInstanceUid(result.getInstanceUid())
                .setSource(result.getSource())
                .setPriority(result.getPriority())
                .setProbability(result.getProbability())
                .setThreshold(result.getThreshold())
                .setModelName(result.getModelName())
                .setModelVersion(result.getModelVersion())
                .setModelDigest(result.getModelDigest())
                .setModelTrained(result.getModelTrained())
                .setAcquiredAt(result.getAcquiredAt())
                .setReceivedAt(result.getReceivedAt())
                .setClassifiedAt(result.getClassifiedAt())
                .setAlertedAt(alertedAt)
                .build();
    }
}
