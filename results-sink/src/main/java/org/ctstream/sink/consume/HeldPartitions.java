package org.ctstream.sink.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions whose position has to be settled before anything is read from them: newly assigned ones, and all of
 * them after a failure. They are paused meanwhile, so that the consumer goes on polling and stays in its group.
 *
 * <p>Nothing is in hand while the consumer polls, so a revoked partition is just forgotten. Which partitions are ours is
 * what the listener was told: the consumer's own assignment changes on another thread, before and after that. For one
 * thread: the consumer's, which also calls the listener.
 */
final class HeldPartitions implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(HeldPartitions.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> ours = new HashSet<>();
    private final Set<TopicPartition> held = new HashSet<>();
    private final Map<TopicPartition, Long> publishedBelow = new HashMap<>();

    HeldPartitions(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        ours.addAll(assigned);
        hold(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        ours.removeAll(revoked);
        held.removeAll(revoked);
        publishedBelow.keySet().removeAll(revoked);
    }

    /** Holds everything that is ours. */
    void holdAll() {
        hold(ours);
    }

    /** Reads on from that offset, if the partition is still ours. */
    void seek(TopicPartition partition, long offset) {
        unlessGone(partition, () -> consumer.seek(partition, offset));
    }

    void seekToBeginning(TopicPartition partition) {
        unlessGone(partition, () -> consumer.seekToBeginning(Set.of(partition)));
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(held);
    }

    /** Lets a partition be read again. */
    void release(TopicPartition partition, long committed) {
        held.remove(partition);
        unlessGone(partition, () -> {
            consumer.resume(Set.of(partition));
            publishedBelow.put(partition, committed);
        });
    }

    /** Per partition the group's committed offset when its position was settled; 0 where there was none. */
    Map<TopicPartition, Long> publishedBelow() {
        return Map.copyOf(publishedBelow);
    }

    private void hold(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            held.add(partition);
            unlessGone(partition, () -> consumer.pause(Set.of(partition)));
        }
    }

    /** The consumer may have lost a partition already and not told so: it does in its next poll. */
    private void unlessGone(TopicPartition partition, Runnable action) {
        if (!ours.contains(partition)) {
            return;
        }
        try {
            action.run();
        } catch (IllegalStateException e) {
            log.atInfo()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("reason", e.getMessage())
                    .log("The partition is just gone");
        }
    }
}
