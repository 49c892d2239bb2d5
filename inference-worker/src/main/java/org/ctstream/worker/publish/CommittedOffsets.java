package org.ctstream.worker.publish;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.ctstream.schemas.topic.Lane;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers for the committed offsets of the lanes' groups, with a client opened for the one question: it is asked
 * after a failure only, by a thread that may not use the consumers.
 */
public final class CommittedOffsets implements Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> {
    private final Supplier<Admin> clients;
    private final Function<Lane, String> groups;
    private final Duration timeout;

    /**
     * @param groups the consumer group of each lane
     * @param timeout longest wait for one group's answer
     */
    public CommittedOffsets(Supplier<Admin> clients, Function<Lane, String> groups, Duration timeout) {
        this.clients = clients;
        this.groups = groups;
        this.timeout = timeout;
    }

    /**
     * The offsets, without the partitions that have none.
     *
     * @param partitions of the lanes' topics
     * @throws HeldOffsetsException if a transaction still holds one of the offsets
     * @throws KafkaException if the brokers do not answer
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> apply(Set<TopicPartition> partitions) {
        var byLane = new EnumMap<Lane, Set<TopicPartition>>(Lane.class);
        for (TopicPartition partition : partitions) {
            byLane.computeIfAbsent(Lane.ofTopic(partition.topic()).orElseThrow(), lane -> new HashSet<>())
                    .add(partition);
        }
        var known = new HashMap<TopicPartition, OffsetAndMetadata>();
        try (Admin admin = clients.get()) {
            byLane.forEach((lane, asked) -> known.putAll(known(ask(admin, groups.apply(lane), asked), asked)));
        }
        return known;
    }

    private Map<TopicPartition, @Nullable OffsetAndMetadata> ask(
            Admin admin, String group, Set<TopicPartition> partitions) {
        var options = new ListConsumerGroupOffsetsOptions()
                .requireStable(true)
                .timeoutMs(Math.toIntExact(timeout.toMillis()));
        try {
            var asked = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
            return admin.listConsumerGroupOffsets(Map.of(group, asked), options)
                    .partitionsToOffsetAndMetadata(group)
                    .get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "No committed offsets of group " + group + " in " + timeout, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The client leaves out a partition it got an error for, and gives null for one that has no offset. */
    static Map<TopicPartition, OffsetAndMetadata> known(
            Map<TopicPartition, @Nullable OffsetAndMetadata> answer, Set<TopicPartition> partitions) {
        var known = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : partitions) {
            if (!answer.containsKey(partition)) {
                throw new HeldOffsetsException("The brokers do not tell the committed offset of " + partition
                        + " yet: a transaction may still hold it");
            }
            OffsetAndMetadata offset = answer.get(partition);
            if (offset != null) {
                known.put(partition, offset);
            }
        }
        return known;
    }
}
