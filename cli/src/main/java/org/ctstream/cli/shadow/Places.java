package org.ctstream.cli.shadow;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where to begin and where to end in each partition.
 *
 * @param starts offset of the first record wanted
 * @param ends offset behind the last one; absent where there is no end
 */
record Places(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
    Places {
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
    }

    /** From the ends as they are now, without an end. */
    static Places fromNow(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        return new Places(consumer.endOffsets(partitions), Map.of());
    }

    /**
     * Between two times, to the ends as they are now at most.
     *
     * @param from null for the beginning
     * @param to exclusive; null for the end
     */
    static Places between(
            Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            @Nullable Instant from,
            @Nullable Instant to) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts =
                from == null ? consumer.beginningOffsets(partitions) : at(consumer, partitions, from, ends);
        return new Places(starts, to == null ? ends : at(consumer, partitions, to, ends));
    }

    /** Records from here to the ends; 0 where there is no end. */
    long left(Consumer<byte[], byte[]> consumer) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    /** Takes the first places; from there on the consumer reads. */
    void take(Consumer<byte[], byte[]> consumer) {
        consumer.assign(starts.keySet());
        consumer.resume(starts.keySet());
        starts.forEach(consumer::seek);
        pauseFinished(consumer);
    }

    boolean has(ConsumerRecord<byte[], byte[]> record) {
        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
        return end == null || record.offset() < end;
    }

    /** What lies behind the end is of no interest, and would be fetched all the same. */
    void pauseFinished(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> finished = new HashSet<>();
        ends.forEach((partition, end) -> {
            if (consumer.position(partition) >= end) {
                finished.add(partition);
            }
        });
        consumer.pause(finished);
    }

    private static Map<TopicPartition, Long> at(
            Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            Instant time,
            Map<TopicPartition, Long> otherwise) {
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        var places = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            places.put(partition, first == null ? otherwise.getOrDefault(partition, 0L) : first.offset());
        }
        return places;
    }
}
