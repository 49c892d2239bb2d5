package org.ctstream.sink.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * Reads what topics have had since the last time, from their last records on the first time, within a bounded time. What is
 * not reached then is reached the next time.
 *
 * <h2>Thread safety</h2>
 * For one thread at a time.
 */
final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final List<String> topics;
    private final long mostFirst;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /** @param mostFirst records of a partition to begin with, counted from its end */
    TopicScan(ServiceConfig config, List<String> topics, long mostFirst) {
        this.settings = WatchConsumers.settings(config, "ctstream-page-");
        this.topics = List.copyOf(topics);
        this.mostFirst = mostFirst;
    }

    /**
     * Gives every record not given before, up to the ends as they are now.
     *
     * @return whether the ends were reached
     * @throws StageException retriable if Kafka is away
     */
    boolean read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            // Assigned first: the client warns of each partition whose end it is asked for and that is not its own.
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            ends.forEach((partition, end) -> {
                long from = from(partition, begins.getOrDefault(partition, 0L), end);
                next.put(partition, from);
                consumer.seek(partition, from);
            });
            while (isBehind(ends) && System.nanoTime() - deadline < 0) {
                consumer.poll(POLL).forEach(each);
                partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
            }
            return !isBehind(ends);
        } catch (KafkaException e) {
            throw Failures.of(Stage.FETCH, e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private long from(TopicPartition partition, long begin, long end) {
        long first = Math.max(begin, end - mostFirst);
        long known = next.getOrDefault(partition, first);
        // A topic that was made anew ends before what was read of the old one.
        return known > end ? first : Math.max(known, begin);
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> next.getOrDefault(end.getKey(), 0L) < end.getValue());
    }
}
