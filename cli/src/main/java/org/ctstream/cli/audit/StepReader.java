package org.ctstream.cli.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.connect.Place;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.deadletter.DeadLetterHeaders;

/**
 * Makes a step of a record.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class StepReader implements AutoCloseable {
    private final Map<String, Object> serializers;
    private final Map<Topic, Deserializer<? extends SpecificRecord>> values = new HashMap<>();

    /** @param serializers how to reach the schema registry */
    StepReader(Map<String, Object> serializers) {
        this.serializers = serializers;
    }

    /** A record that cannot be decoded is a step too: that it is there, and that it cannot be read. */
    Step read(Topic topic, Event event, ConsumerRecord<byte[], byte[]> raw) {
        try {
            SpecificRecord value = values.computeIfAbsent(
                            topic, unseen -> Serializers.valueDeserializer(serializers, topic.recordClass()))
                    .deserialize(raw.topic(), raw.headers(), raw.value());
            return value == null ? unreadable(event, raw, "it has no value") : step(event, raw, value);
        } catch (SerializationException e) {
            return unreadable(event, raw, String.valueOf(e.getMessage()));
        }
    }

    /** A dead letter tells of itself in its headers. */
    static Step letter(ConsumerRecord<byte[], byte[]> raw) {
        DeadLetter about = DeadLetter.read(raw);
        var details = new Details()
                .with("stage", about.stage())
                .with("cause", about.reason())
                .with("message", about.message())
                .with("remedy", about.remedy())
                .with("redrives before", about.redrives() == 0 ? null : about.redrives());
        return new Step(time(raw), Event.DEAD_LETTERED, Place.of(raw).toString(), details.map());
    }

    @Override
    public void close() {
        values.values().forEach(Deserializer::close);
    }

    private static Step step(Event event, ConsumerRecord<byte[], byte[]> raw, SpecificRecord value) {
        String place = Place.of(raw).toString();
        if (value instanceof ScanReceived received) {
            return new Step(receivedAt(received, raw), event, place, Tellers.received(received, redrives(raw)));
        }
        if (value instanceof ScanNormalized normalized) {
            return new Step(normalized.getNormalizedAt(), event, place, Tellers.normalized(normalized));
        }
        if (value instanceof ScanClassified classified) {
            return new Step(classified.getClassifiedAt(), event, place, Tellers.classified(classified));
        }
        if (value instanceof ScanAlerted alerted) {
            return new Step(alerted.getAlertedAt(), event, place, Tellers.alerted(alerted));
        }
        if (value instanceof LetterRedriven redriven) {
            return new Step(redriven.getRedrivenAt(), event, place, Tellers.redriven(redriven));
        }
        if (value instanceof ScanLabeled labeled) {
            return new Step(labeled.getLabelledAt(), event, place, Tellers.labelled(labeled));
        }
        throw new IllegalArgumentException("No step for " + value.getClass());
    }

    /** A redriven record is received when it was sent back; its own field is of the first time. */
    private static Instant receivedAt(ScanReceived received, ConsumerRecord<byte[], byte[]> raw) {
        return redrives(raw).equals("0") ? received.getReceivedAt() : time(raw);
    }

    private static String redrives(ConsumerRecord<byte[], byte[]> raw) {
        Header header = raw.headers().lastHeader(DeadLetterHeaders.REDRIVES);
        return header == null || header.value() == null
                ? "0"
                : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Step unreadable(Event event, ConsumerRecord<byte[], byte[]> raw, String why) {
        return new Step(
                time(raw),
                event,
                Place.of(raw).toString(),
                new Details().with("unreadable", why).map());
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> raw) {
        return Instant.ofEpochMilli(Math.max(0, raw.timestamp()));
    }
}
