package org.ctstream.sink.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.sink.deliver.Notice;
import org.ctstream.sink.store.AlertedScan;
import org.jspecify.annotations.Nullable;

/**
 * An alert as JSON: a type, a time, and the fields of {@code ScanAlerted}. A later kind of message, such as a corrected
 * result, gets a type of its own; receivers pass over types they do not know.
 *
 * @see "Standard Webhooks 1.0.0, Payload structure"
 */
public final class JsonBody implements AlertBody {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] of(AlertedScan alert) {
        try {
            return MAPPER.writeValueAsBytes(
                    new Message(Topic.SCAN_ALERTED.topicName(), alert.alertedAt(), Notice.of(alert), Data.of(alert)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an alert as JSON", e);
        }
    }

    record Message(String type, Instant timestamp, String notice, Data data) {}

    /** The fields of {@code ScanAlerted}. */
    record Data(
            String alertId,
            String scanId,
            @Nullable String studyUid,
            @Nullable String seriesUid,
            @Nullable String instanceUid,
            String source,
            String priority,
            double probability,
            double threshold,
            String modelName,
            String modelVersion,
            String modelDigest,
            boolean modelTrained,
            @Nullable Instant acquiredAt,
            Instant receivedAt,
            Instant classifiedAt,
            Instant alertedAt) {
        static Data of(AlertedScan alert) {
            return new Data(
                    alert.alertId(),
                    alert.scanId(),
                    alert.studyUid(),
                    alert.seriesUid(),
                    alert.instanceUid(),
                    alert.source(),
                    alert.priority(),
                    alert.probability(),
                    alert.threshold(),
                    alert.modelName(),
                    alert.modelVersion(),
                    alert.modelDigest(),
                    alert.modelTrained(),
                    alert.acquiredAt(),
                    alert.receivedAt(),
                    alert.classifiedAt(),
                    alert.alertedAt());
        }
    }
}
