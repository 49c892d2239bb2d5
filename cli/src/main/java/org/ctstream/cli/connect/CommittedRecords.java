package org.ctstream.cli.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics: the committed records from their beginning to the end they have when the reading starts. */
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(500);

    private CommittedRecords() {}

    /** Hands over every committed record of these topics, one partition's in their order; joins no group. */
    public static void read(
            Connection connection, Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer =
                new KafkaConsumer<>(connection.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : topics) {
                consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> raw : consumer.poll(POLL)) {
                    Long end = ends.get(new TopicPartition(raw.topic(), raw.partition()));
                    if (end != null && raw.offset() < end) {
                        each.accept(raw);
                    }
                }
            }
        }
    }
}
