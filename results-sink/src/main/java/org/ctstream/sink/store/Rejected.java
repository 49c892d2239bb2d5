package org.ctstream.sink.store;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.service.error.PoisonRecordException;

/** A record that can never become a result, and why. */
public record Rejected(ConsumerRecord<byte[], byte[]> source, PoisonRecordException reason) {
    TopicPartition partition() {
        return new TopicPartition(source.topic(), source.partition());
    }

    long offset() {
        return source.offset();
    }
}
