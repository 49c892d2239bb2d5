package org.ctstream.sink.store;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;

/** A classification and the record it was read from. */
public record Classified(ConsumerRecord<byte[], byte[]> source, ScanClassified value) {
    public TopicPartition partition() {
        return new TopicPartition(source.topic(), source.partition());
    }

    public long offset() {
        return source.offset();
    }

    public boolean isPositive() {
        return value.getLabel() == Label.POSITIVE;
    }
}
