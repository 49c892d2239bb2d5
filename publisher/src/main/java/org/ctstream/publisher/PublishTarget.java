package org.ctstream.publisher;

import java.util.Map;

/**
 * The cluster that scans are published to.
 *
 * @param producer configuration of Kafka's producer, with {@code bootstrap.servers} and whatever security it takes
 * @param serializers configuration of the serializers, with {@code schema.registry.url}
 */
public record PublishTarget(Map<String, Object> producer, Map<String, Object> serializers) {
    public PublishTarget {
        producer = Map.copyOf(producer);
        serializers = Map.copyOf(serializers);
    }

    /** Secrets stay out of messages. */
    @Override
    public String toString() {
        return "PublishTarget[" + producer.get("bootstrap.servers") + "]";
    }
}
