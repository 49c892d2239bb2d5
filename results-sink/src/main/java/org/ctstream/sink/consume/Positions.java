package org.ctstream.sink.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.sink.store.ResultStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles where to read on. The group's committed offset tells which alerts are on the topic, because both were
 * committed together; the database's offset tells which results are stored, because both were committed together.
 * Reading starts at the lower of the two: usually they are equal, after a crash between the two commits the group's is
 * lower, and if the database has lost its end (restored from a backup, say) the database's is.
 */
final class Positions {
    private static final Logger log = LoggerFactory.getLogger(Positions.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final ResultStore store;

    Positions(Consumer<byte[], byte[]> consumer, ResultStore store) {
        this.consumer = consumer;
        this.store = store;
    }

    /** Marks alerts that turn out to be published, moves to where reading goes on, and releases the partitions. */
    void settle(HeldPartitions held) {
        Set<TopicPartition> partitions = held.partitions();
        // A read_committed consumer is only answered once no open transaction holds an offset of these partitions.
        Map<TopicPartition, Long> committed = committed(partitions);
        int settled = store.settleAlerts(committed);
        Map<TopicPartition, Long> stored = store.nextOffsets(partitions);
        for (TopicPartition partition : partitions) {
            Long inGroup = committed.get(partition);
            if (inGroup != null) {
                move(held, partition, inGroup, stored.get(partition));
            }
            held.release(partition, inGroup == null ? 0 : inGroup);
        }
        log.atInfo()
                .addKeyValue("partitions", partitions)
                .addKeyValue("alertsFoundPublished", settled)
                .log("Positions settled");
    }

    private static void move(HeldPartitions held, TopicPartition partition, long inGroup, @Nullable Long inDatabase) {
        if (inDatabase != null && inDatabase >= inGroup) {
            held.seek(partition, inGroup);
            return;
        }
        log.atWarn()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("committedOffset", inGroup)
                .addKeyValue("databaseOffset", inDatabase)
                .log(
                        "The database is behind its consumer group; reading again what it lacks, without repeating alerts");
        if (inDatabase == null) {
            held.seekToBeginning(partition);
        } else {
            held.seek(partition, inDatabase);
        }
    }

    private Map<TopicPartition, Long> committed(Set<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, Long>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
                consumer.committed(partitions, LONGEST_WAIT).entrySet()) {
            if (entry.getValue() != null) {
                offsets.put(entry.getKey(), entry.getValue().offset());
            }
        }
        return offsets;
    }
}
