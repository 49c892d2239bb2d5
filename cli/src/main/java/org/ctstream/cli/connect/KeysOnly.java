package org.ctstream.cli.connect;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Passes over values where only keys are wanted, so that scans of megabytes are not copied. */
final class KeysOnly implements Deserializer<byte[]> {
    @Override
    @SuppressWarnings("NullAway") // Kafka's signature is not annotated; a value may be null there
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte @Nullable [] deserialize(String topic, Headers headers, ByteBuffer data) {
        return null;
    }
}
