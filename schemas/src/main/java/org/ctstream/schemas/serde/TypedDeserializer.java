package org.ctstream.schemas.serde;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** A deserializer that holds records of another type than its own to be poison. Serves Confluent's class as well as ours. */
final class TypedDeserializer<T> implements Deserializer<T> {
    private final Deserializer<Object> delegate;
    private final Class<T> type;

    TypedDeserializer(Deserializer<Object> delegate, Class<T> type) {
        this.delegate = delegate;
        this.type = type;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        delegate.configure(configs, isKey);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return typed(topic, delegate.deserialize(topic, data));
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return typed(topic, delegate.deserialize(topic, headers, data));
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return typed(topic, delegate.deserialize(topic, headers, data));
    }

    private @Nullable T typed(String topic, @Nullable Object record) {
        if (record != null && !type.isInstance(record)) {
            throw new SerializationException("Topic " + topic + " holds a value of type "
                    + record.getClass().getName() + ", expected " + type.getName());
        }
        return type.cast(record);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
