package org.ctstream.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A serializer that is not ours, with its errors sorted as ours are. */
final class ForeignSerializer<T> implements Serializer<T> {
    private final Serializer<T> delegate;

    ForeignSerializer(Serializer<T> delegate) {
        this.delegate = delegate;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        delegate.configure(configs, isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        try {
            return delegate.serialize(topic, data);
        } catch (RuntimeException e) {
            throw ForeignErrors.ofWriting(topic, e);
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
        try {
            return delegate.serialize(topic, headers, data);
        } catch (RuntimeException e) {
            throw ForeignErrors.ofWriting(topic, e);
        }
    }

    @Override
    public void close() {
        delegate.close();
    }
}
