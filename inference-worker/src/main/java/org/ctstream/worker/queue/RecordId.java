package org.ctstream.worker.queue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where a record stands in Kafka. */
record RecordId(String topic, int partition, long offset) {
    static RecordId of(ConsumerRecord<?, ?> record) {
        return new RecordId(record.topic(), record.partition(), record.offset());
    }

    static RecordId of(TopicPartition partition, long offset) {
        return new RecordId(partition.topic(), partition.partition(), offset);
    }
}
