package org.ctstream.ingest.topology;

import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.ingest.normalize.ScanNormalizer;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.fetch.PayloadReader;
import org.ctstream.service.tracing.SpanAttributes;
import org.ctstream.service.tracing.Step;
import org.ctstream.service.tracing.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a received record to the bytes of a normalized one. Decoding and encoding happen here rather than in
 * the topology's serdes, so that a registry that is away meets the same patience as a store that is.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads, as its parts are: producers call serializers from any thread, and both
 * deserializers we ship keep their caches in concurrent maps. Sharing them keeps known schemas over a rebalance.
 */
public final class ScanPipeline {
    /** CloudEvents {@code source} of the events ingest makes. */
    public static final String SOURCE = "ctstream/ingest";

    private final Deserializer<ScanReceived> received;
    private final Serializer<ScanNormalized> normalized;
    private final PayloadReader payloads;
    private final ScanNormalizer normalizer;
    private final Timer fetchTimer;
    private final Tracing tracing;

    public ScanPipeline(
            Deserializer<ScanReceived> received,
            Serializer<ScanNormalized> normalized,
            PayloadReader payloads,
            ScanNormalizer normalizer,
            Timer fetchTimer,
            Tracing tracing) {
        this.received = received;
        this.normalized = normalized;
        this.payloads = payloads;
        this.normalizer = normalizer;
        this.fetchTimer = fetchTimer;
        this.tracing = tracing;
    }

    /**
     * @param position where the received record stands, for who wants the original later; null if nobody knows
     * @throws StageException that decides the record's fate; nothing else is thrown for a record's sake
     */
    NormalizedRecord run(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers, @Nullable RecordPosition position) {
        Instant begun = Instant.now();
        ScanReceived scan = deserialize(value, headers);
        ScanId.check(key, scan.getScanId());
        ScanTexts.check(scan);
        ScanNormalized result = normalizer.normalize(scan, fetchTimer.record(() -> payloads.read(scan.getPayload())));
        result.setReceivedRecord(position);
        // The kind of event is one and the same in every lane.
        Headers following = EventHeaders.following(
                headers, Topic.SCAN_NORMALIZED.topicName(), scan.getScanId(), SOURCE, result.getNormalizedAt());
        Lane lane = Lane.of(scan.getPriority());
        tracing.done(following, () -> step(scan, lane, begun, result.getNormalizedAt()));
        return new NormalizedRecord(lane, scan.getScanId(), serialize(lane.normalized(), result, following), following);
    }

    private static Step step(ScanReceived scan, Lane lane, Instant begun, Instant ended) {
        return new Step(
                "normalize",
                begun,
                ended,
                Attributes.of(
                        SpanAttributes.SCAN_ID,
                        scan.getScanId(),
                        SpanAttributes.LANE,
                        lane.word(),
                        SpanAttributes.SOURCE,
                        scan.getSource()));
    }

    private ScanReceived deserialize(byte @Nullable [] value, Headers headers) {
        ScanReceived scan;
        try {
            scan = received.deserialize(Topic.SCAN_RECEIVED.topicName(), headers, value);
        } catch (RuntimeException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        }
        if (scan == null) {
            throw new PoisonRecordException(
                    Stage.DESERIALIZE,
                    "empty-value",
                    "value",
                    "The record has no value (expected: a ScanReceived).",
                    "publish the scan; a record without a value deletes nothing on this topic.",
                    null);
        }
        return scan;
    }

    private byte[] serialize(Topic topic, ScanNormalized scan, Headers headers) {
        try {
            return normalized.serialize(topic.topicName(), headers, scan);
        } catch (RuntimeException e) {
            StageException sorted = Failures.of(Stage.NORMALIZE, e);
            if (sorted instanceof PoisonRecordException) {
                // Not the publisher's doing and not curable by publishing again, so the default words would mislead.
                throw new PoisonRecordException(
                        Stage.NORMALIZE,
                        "unserializable",
                        "value",
                        "The normalized scan cannot be written with its schema: " + serializationMessage(e) + ".",
                        "check that the schemas registered for " + topic.valueSubject()
                                + " are this version's, then redrive.",
                        e);
            }
            throw sorted;
        }
    }

    private static String serializationMessage(RuntimeException e) {
        return e instanceof SerializationException
                ? String.valueOf(e.getMessage())
                : e.getClass().getName();
    }
}
