package org.ctstream.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.registry.SchemaRegistries;
import org.ctstream.schemas.registry.SchemaRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Drop-in for Confluent's {@code KafkaAvroSerializer}: same keys ({@link AvroSerdeConfig},
 * {@link org.ctstream.schemas.registry.SchemaRegistryConfig}), same bytes. Takes specific and generic Avro records, and
 * null.
 *
 * <p>Errors: {@link SerializationException} if this record cannot be written;
 * {@link org.ctstream.schemas.registry.RegistryUnavailableException} (retriable) if the registry is away;
 * {@link org.ctstream.schemas.registry.SchemaRejectedException} and
 * {@link org.ctstream.schemas.registry.RegistryAccessException} if the deployment is wrong.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe once configured. Array-backed and direct {@code bytes} fields are read without moving their position.
 */
public final class AvroSerializer implements Serializer<Object> {
    private final RecordEncoder encoder = new RecordEncoder();
    private final Map<String, String> subjects = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;
    private boolean autoRegister = true;
    private String subjectSuffix = "-value";

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        TrustedRecords.trust();
        autoRegister = new AvroSerdeConfig(configs).autoRegister();
        registry = SchemaRegistries.open(configs);
        subjectSuffix = isKey ? "-key" : "-value";
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        if (!(data instanceof IndexedRecord record)) {
            throw new SerializationException("Cannot serialize a "
                    + data.getClass().getName() + " for topic " + topic + ": expected an Avro record");
        }
        int id = schemaId(topic, record);
        try {
            return encoder.encode(id, record);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "Cannot serialize a " + record.getSchema().getFullName() + " for topic " + topic
                            + ": it does not fit its schema (" + e.getMessage() + ")",
                    e);
        }
    }

    private int schemaId(String topic, IndexedRecord record) {
        SchemaRegistry configured = registry;
        if (configured == null) {
            throw new IllegalStateException("AvroSerializer is not configured: call configure first");
        }
        String subject = subjects.computeIfAbsent(topic, t -> t + subjectSuffix);
        return autoRegister
                ? configured.register(subject, record.getSchema())
                : configured.idOf(subject, record.getSchema());
    }
}
