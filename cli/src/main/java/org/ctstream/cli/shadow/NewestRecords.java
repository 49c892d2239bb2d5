package org.ctstream.cli.shadow;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.cli.connect.Patience;

/**
 * Finds where the newest records of some partitions stand. Transactions leave marks between records, so that offsets alone do not
 * count them: the end of each partition is read, further back until there are enough.
 */
final class NewestRecords {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final int LEAST_WINDOW = 64;
    private static final int GROWTH = 4;
    private static final Comparator<Spot> OLDEST_FIRST = Comparator.comparingLong(Spot::timestamp)
            .thenComparing(spot -> spot.partition().toString())
            .thenComparingLong(Spot::offset);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private record Spot(TopicPartition partition, long offset, long timestamp) {}

    NewestRecords(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
    }

    /** Places that hold exactly the newest records, as many as are wanted, or all if there are fewer. */
    Places places(int wanted) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        var windows = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> windows.put(partition, LEAST_WINDOW + 2L * wanted / partitions.size()));
        while (true) {
            var starts = new HashMap<TopicPartition, Long>();
            windows.forEach((partition, window) -> {
                long start = ends.getOrDefault(partition, 0L) - window;
                starts.put(partition, Math.max(begins.getOrDefault(partition, 0L), start));
            });
            var selected = new PriorityQueue<>(OLDEST_FIRST);
            Map<TopicPartition, Long> left = read(new Places(starts, ends), wanted, selected);
            // Where every record of the window is among the newest, older ones may be too.
            List<TopicPartition> open = partitions.stream()
                    .filter(partition -> starts.getOrDefault(partition, 0L) > begins.getOrDefault(partition, 0L)
                            && left.getOrDefault(partition, 0L) == 0)
                    .toList();
            if (open.isEmpty()) {
                var first = new HashMap<>(ends);
                selected.forEach(spot -> first.merge(spot.partition(), spot.offset(), Math::min));
                return new Places(first, ends);
            }
            open.forEach(partition -> windows.merge(partition, (long) GROWTH, Math::multiplyExact));
        }
    }

    /** Keeps the newest; returns how many of each partition were read and not kept. */
    private Map<TopicPartition, Long> read(Places places, int wanted, PriorityQueue<Spot> selected) {
        var left = new HashMap<TopicPartition, Long>();
        var patience = new Patience("the newest slices", LONGEST_SILENCE, System::nanoTime);
        places.take(consumer);
        while (places.left(consumer) > 0) {
            patience.look(places.left(consumer));
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (places.has(record)) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    selected.add(new Spot(partition, record.offset(), record.timestamp()));
                }
                if (selected.size() > wanted) {
                    left.merge(selected.remove().partition(), 1L, Long::sum);
                }
            }
            places.pauseFinished(consumer);
        }
        return left;
    }
}
