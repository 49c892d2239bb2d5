package org.ctstream.reliability.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;

/** Counts what was ever written to a topic, also in transactions that came to nothing: work that was done twice shows. */
public final class WrittenCount {
    private static final Duration POLL = Duration.ofMillis(200);

    private WrittenCount() {}

    /** Records from the beginning to the end, aborted ones included. */
    public static long of(Connection connection, Topic topic) {
        Map<String, Object> settings = connection.consumer();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long count = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                count += consumer.poll(POLL).count();
            }
            return count;
        }
    }
}
