package org.ctstream.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.schemas.topic.TopicSpec;

/**
 * Reads what the services commit to their topics, from now on; joins no group, so that it takes nothing from anybody.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class TopicWatch implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final TopicTally tally;
    private final List<TopicPartition> partitions;

    private TopicWatch(Consumer<byte[], byte[]> consumer, TopicTally tally, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.tally = tally;
        this.partitions = partitions;
    }

    /** Takes its place at the end of every topic behind {@code ct.scan.received}; call before publishing. */
    static TopicWatch fromNow(Connection connection, TopicTally tally) {
        var consumer =
                new KafkaConsumer<>(connection.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = new ArrayList<TopicPartition>();
        for (String topic : topics()) {
            consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seeking is lazy; this does it now
        return new TopicWatch(consumer, tally, List.copyOf(partitions));
    }

    void poll(Duration timeout) {
        consumer.poll(timeout).forEach(tally::add);
    }

    /** Reads up to what is committed now, or until the time is up. */
    void catchUp(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
                && System.nanoTime() - deadline < 0) {
            poll(Duration.ofMillis(100));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static List<String> topics() {
        var topics = new ArrayList<>(List.of(
                Topic.SCAN_NORMALIZED.topicName(), Topic.SCAN_CLASSIFIED.topicName(), Topic.SCAN_ALERTED.topicName()));
        for (Topic topic : List.of(Topic.SCAN_RECEIVED, Topic.SCAN_NORMALIZED, Topic.SCAN_CLASSIFIED)) {
            topic.deadLetter().map(TopicSpec::name).ifPresent(topics::add);
        }
        return topics;
    }
}
