package org.ctstream.cli.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.console.ReadProgress;
import org.jspecify.annotations.Nullable;

/**
 * Reads partitions from a time on to the end they have when the reading starts: committed records alone, in no group.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class PartitionReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ReadProgress progress;
    private final Map<String, List<TopicPartition>> partitions = new HashMap<>();

    private PartitionReader(Connection connection, Deserializer<byte[]> values, ReadProgress progress) {
        Map<String, Object> config = connection.consumer();
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), values);
        this.progress = progress;
        consumer.listTopics()
                .forEach((topic, infos) -> partitions.put(
                        topic,
                        infos.stream()
                                .map(info -> new TopicPartition(topic, info.partition()))
                                .toList()));
    }

    /** Hands over records with their values. */
    public static PartitionReader ofRecords(Connection connection, ReadProgress progress) {
        return new PartitionReader(connection, new ByteArrayDeserializer(), progress);
    }

    /** Hands over records whose value is null, for who needs keys, times and headers. */
    public static PartitionReader ofKeys(Connection connection, ReadProgress progress) {
        return new PartitionReader(connection, new KeysOnly(), progress);
    }

    /** The topic's partitions; none if there is no such topic, or none that we may see. */
    public List<TopicPartition> partitions(String topic) {
        return partitions.getOrDefault(topic, List.of());
    }

    /** What is there of these partitions. */
    public List<KeptRange> kept(Collection<TopicPartition> of) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(of);
        Map<TopicPartition, Long> ends = consumer.endOffsets(of);
        Map<TopicPartition, Long> epoch = new HashMap<>();
        of.forEach(partition -> epoch.put(partition, 0L));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> firsts = consumer.offsetsForTimes(epoch);
        var ranges = new ArrayList<KeptRange>();
        for (TopicPartition partition : of) {
            OffsetAndTimestamp first = firsts.get(partition);
            ranges.add(new KeptRange(
                    partition,
                    begins.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, 0L),
                    first == null ? null : Instant.ofEpochMilli(first.timestamp())));
        }
        return ranges;
    }

    /**
     * Hands over every committed record from the first of that time on, one partition's in their order. Records behind it
     * may be older: publishers' clocks differ.
     *
     * @param since null for all
     * @param name what is read, for the progress
     * @return what is there of these partitions
     * @throws org.ctstream.cli.CliException if nothing comes for a minute
     */
    public List<KeptRange> read(
            Collection<TopicPartition> of,
            @Nullable Instant since,
            String name,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (of.isEmpty()) {
            return List.of();
        }
        consumer.assign(of);
        List<KeptRange> ranges = kept(of);
        consumer.resume(of);
        seek(of, since);
        Map<TopicPartition, Long> open = new HashMap<>();
        ranges.forEach(range -> open.put(range.partition(), range.end()));
        progress.begin(name, total(open));
        pauseFinished(open);
        var patience = new Patience(name, LONGEST_SILENCE, System::nanoTime);
        while (!open.isEmpty()) {
            patience.look(total(open));
            for (ConsumerRecord<byte[], byte[]> raw : consumer.poll(POLL)) {
                Long end = open.get(new TopicPartition(raw.topic(), raw.partition()));
                if (end != null && raw.offset() < end) {
                    each.accept(raw);
                    progress.step();
                }
            }
            pauseFinished(open);
        }
        return ranges;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void seek(Collection<TopicPartition> of, @Nullable Instant since) {
        if (since == null) {
            consumer.seekToBeginning(of);
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        of.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        for (TopicPartition partition : of) {
            OffsetAndTimestamp first = found.get(partition);
            if (first == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
        }
    }

    private long total(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    /** What lies behind the end is of no interest, and would be fetched all the same. */
    private void pauseFinished(Map<TopicPartition, Long> open) {
        Set<TopicPartition> finished = new HashSet<>();
        open.forEach((partition, end) -> {
            if (consumer.position(partition) >= end) {
                finished.add(partition);
            }
        });
        consumer.pause(finished);
        open.keySet().removeAll(finished);
    }
}
