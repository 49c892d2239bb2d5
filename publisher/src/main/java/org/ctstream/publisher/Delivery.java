package org.ctstream.publisher;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what became of a record that was sent. Called on the producer's thread.
 *
 * @param scanId the record's key
 * @param name what the publisher calls the input
 * @param tooLarge what to say if the record does not fit the topic
 */
public record Delivery(PublishListener listener, String scanId, String name, String tooLarge) implements Callback {
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            listener.refused(new Refusal(name, tooLarge));
        } else if (failure != null || metadata == null) {
            listener.refused(new Refusal(name, "not delivered: " + failure));
        } else {
            listener.published(
                    new Receipt(scanId, name, metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset()));
        }
    }
}
