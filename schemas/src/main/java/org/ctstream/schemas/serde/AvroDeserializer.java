package org.ctstream.schemas.serde;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.registry.SchemaRegistries;
import org.jspecify.annotations.Nullable;

/**
 * Drop-in for Confluent's {@code KafkaAvroDeserializer}: same keys ({@link AvroSerdeConfig},
 * {@link org.ctstream.schemas.registry.SchemaRegistryConfig}), same bytes. Gives generated classes with
 * {@code specific.avro.reader=true}, else generic records; null stays null.
 *
 * <p>Errors: {@link org.apache.kafka.common.errors.SerializationException} if this value can never be read (its framing,
 * its schema id, its bytes, its type, or bytes left over);
 * {@link org.ctstream.schemas.registry.RegistryUnavailableException} (retriable) if the registry is away;
 * {@link org.ctstream.schemas.registry.RegistryAccessException} if it refuses our credentials.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe once configured.
 */
public final class AvroDeserializer implements Deserializer<Object> {
    private @Nullable RecordDecoder decoder;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroDeserializer() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        TrustedRecords.trust();
        decoder = new RecordDecoder(SchemaRegistries.open(configs), new AvroSerdeConfig(configs).specificReader());
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : decoder().decode(topic, data, 0, data.length);
    }

    /** What Kafka's consumer calls: reads from the fetched batch where it lies. */
    @Override
    public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (data.hasArray()) {
            return decoder().decode(topic, data.array(), data.arrayOffset() + data.position(), data.remaining());
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return deserialize(topic, copy);
    }

    private RecordDecoder decoder() {
        RecordDecoder configured = decoder;
        if (configured == null) {
            throw new IllegalStateException("AvroDeserializer is not configured: call configure first");
        }
        return configured;
    }
}
