package org.ctstream.worker.consume;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions are ours now, and since which assignment. A record read before a partition was lost is not ours even
 * if the partition has come back since: another worker may have done it in between.
 *
 * <h2>Thread safety</h2>
 * Changed by one thread, the one that polls; may be asked by any.
 */
public final class Assignments {
    private final Map<TopicPartition, Long> current = new ConcurrentHashMap<>();
    private long counter;

    public void assigned(Iterable<TopicPartition> partitions) {
        counter++;
        partitions.forEach(partition -> current.put(partition, counter));
    }

    public void removed(Iterable<TopicPartition> partitions) {
        partitions.forEach(current::remove);
    }

    /** The partitions that are ours now. */
    public Set<TopicPartition> partitions() {
        return Set.copyOf(current.keySet());
    }

    /** Number of the assignment a record just polled belongs to. */
    public long of(ConsumerRecord<?, ?> record) {
        return current.getOrDefault(partition(record), -1L);
    }

    /** True if the record's partition has been ours without a break since that assignment. */
    public boolean isCurrent(ConsumerRecord<?, ?> record, long assignment) {
        return assignment >= 0 && of(record) == assignment;
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
