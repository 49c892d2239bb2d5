package org.ctstream.sink.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions whose position has to be settled before anything is read from them: newly assigned ones, and all of
 * them after a failure. They are paused meanwhile, so that the consumer goes on polling and stays in its group.
 *
 * <p>Nothing is in hand while the consumer polls, so a revoked partition is just forgotten. For one thread: the
 * consumer's, which also calls the listener.
 */
final class HeldPartitions implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> held = new HashSet<>();
    private final Map<TopicPartition, Long> publishedBelow = new HashMap<>();

    HeldPartitions(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        hold(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        held.removeAll(revoked);
        publishedBelow.keySet().removeAll(revoked);
    }

    /** Holds everything assigned. */
    void holdAll() {
        hold(consumer.assignment());
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(held);
    }

    /** Lets a partition be read again. */
    void release(TopicPartition partition, long committed) {
        publishedBelow.put(partition, committed);
        held.remove(partition);
        consumer.resume(Set.of(partition));
    }

    /** Per partition the group's committed offset when its position was settled; 0 where there was none. */
    Map<TopicPartition, Long> publishedBelow() {
        return Map.copyOf(publishedBelow);
    }

    private void hold(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        held.addAll(partitions);
    }
}
