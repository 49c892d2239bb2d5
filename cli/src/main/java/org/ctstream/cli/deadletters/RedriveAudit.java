package org.ctstream.cli.deadletters;

import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.RedriveOutcome;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;

/** Reads what redrives have done, from {@code ct.audit.redriven}; nothing if there is no such topic yet. */
public final class RedriveAudit {
    private static final Topic TOPIC = Topic.AUDIT_REDRIVEN;

    private RedriveAudit() {}

    /**
     * Hands over every audit record from that time on, in the order in which they were written.
     *
     * @param since null for all
     * @throws CliException if a record cannot be read: whoever goes on without it might send a letter twice
     */
    public static void read(
            Connection connection, PartitionReader reader, @Nullable Instant since, Consumer<LetterRedriven> each) {
        try (Deserializer<LetterRedriven> values =
                Serializers.valueDeserializer(connection.serializers(), LetterRedriven.class)) {
            reader.read(reader.partitions(TOPIC.topicName()), since, TOPIC.topicName(), raw -> {
                LetterRedriven audit = decode(values, raw);
                if (audit != null) {
                    each.accept(audit);
                }
            });
        }
    }

    /** True if the letter's record went back to its topic. */
    public static boolean isSent(LetterRedriven audit) {
        return audit.getOutcome() != RedriveOutcome.REFUSED;
    }

    private static @Nullable LetterRedriven decode(
            Deserializer<LetterRedriven> values, ConsumerRecord<byte[], byte[]> raw) {
        try {
            return values.deserialize(raw.topic(), raw.headers(), raw.value());
        } catch (SerializationException e) {
            throw CliException.failure(
                    "Cannot read the audit record " + raw.topic() + "-" + raw.partition() + "@" + raw.offset()
                            + " (expected: LetterRedriven, written by dead-letters redrive): " + e.getMessage(),
                    e);
        }
    }
}
