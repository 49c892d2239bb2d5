package org.ctstream.schemas.serde;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** A deserializer that is not ours, with its errors sorted as ours are. */
final class ForeignDeserializer implements Deserializer<Object> {
    private final Deserializer<Object> delegate;

    ForeignDeserializer(Deserializer<Object> delegate) {
        this.delegate = delegate;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        delegate.configure(configs, isKey);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        return sorted(topic, () -> delegate.deserialize(topic, data));
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return sorted(topic, () -> delegate.deserialize(topic, headers, data));
    }

    private static @Nullable Object sorted(String topic, Supplier<@Nullable Object> read) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            throw ForeignErrors.ofReading(topic, e);
        }
    }

    @Override
    public void close() {
        delegate.close();
    }
}
