package org.ctstream.worker.publish;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.predict.Outcome;

/**
 * How far outcomes reach in the partitions their scans were read from. The highest offset stands for all before it:
 * outcomes of one partition come in the order of its records, from one publish to the next.
 */
final class ReadOffsets {
    private ReadOffsets() {}

    /** The offsets to commit for each lane that has outcomes: one after the highest of each partition. */
    static Map<Lane, Map<TopicPartition, OffsetAndMetadata>> after(Collection<Outcome> outcomes) {
        var offsets = new EnumMap<Lane, Map<TopicPartition, OffsetAndMetadata>>(Lane.class);
        for (Outcome outcome : outcomes) {
            offsets.computeIfAbsent(outcome.scan().lane(), lane -> new HashMap<>())
                    .merge(
                            partition(outcome),
                            new OffsetAndMetadata(outcome.scan().original().offset() + 1),
                            (a, b) -> a.offset() >= b.offset() ? a : b);
        }
        return offsets;
    }

    static Set<TopicPartition> partitions(Collection<Outcome> outcomes) {
        return outcomes.stream().map(ReadOffsets::partition).collect(Collectors.toSet());
    }

    /** True if the outcome's scan is not among those before the committed offsets. */
    static boolean isOpen(Outcome outcome, Map<TopicPartition, OffsetAndMetadata> committed) {
        OffsetAndMetadata next = committed.get(partition(outcome));
        return next == null || outcome.scan().original().offset() >= next.offset();
    }

    private static TopicPartition partition(Outcome outcome) {
        ConsumerRecord<byte[], byte[]> original = outcome.scan().original();
        return new TopicPartition(original.topic(), original.partition());
    }
}
