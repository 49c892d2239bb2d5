package org.ctstream.cli.deadletters;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;

/** Takes the published file out of a dead letter of {@code ct.scan.received}. */
final class ScanContent {
    private ScanContent() {}

    /** @throws CliException if the letter holds no file, or its value cannot be decoded */
    static byte[] of(Letter letter, Connection connection) {
        try (Deserializer<ScanReceived> values =
                Serializers.valueDeserializer(connection.serializers(), ScanReceived.class)) {
            ScanReceived scan = values.deserialize(
                    Topic.SCAN_RECEIVED.topicName(), letter.raw().value());
            if (scan != null && scan.getPayload() instanceof InlinePayload inline) {
                ByteBuffer content = inline.getContent().duplicate();
                byte[] bytes = new byte[content.remaining()];
                content.get(bytes);
                return bytes;
            }
            throw CliException.failure(
                    "The letter " + letter.id() + " holds no file: its scan was published by reference", null);
        } catch (SerializationException e) {
            throw CliException.failure(
                    "The letter " + letter.id() + " is not a readable ScanReceived: " + e.getMessage()
                            + ". Use --save for the bytes as they are.",
                    e);
        }
    }
}
