package org.ctstream.trainer.dataset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;

/** Reads a topic to the end it has when the reading begins; joins no group. For one thread. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;

    TopicReader(Map<String, Object> settings) {
        var config = new HashMap<>(settings);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        // A reader that makes the topic it looks for would hide that it is missing.
        config.put("allow.auto.create.topics", false);
        config.remove("group.id");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Takes a poll's records: one partition's in their order. */
    @FunctionalInterface
    interface Batches {
        void take(List<ConsumerRecord<byte[], byte[]>> batch);
    }

    /** @return next offset by partition, at the end the topic has now; committed records only */
    Map<Integer, Long> ends(String topic) {
        var ends = new TreeMap<Integer, Long>();
        List<TopicPartition> partitions = partitions(topic);
        // Otherwise the client warns of every partition that it learns the end of and does not read.
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    /**
     * Hands over the committed records between two offsets.
     *
     * @param from next offset by partition; partitions that are absent are read from their beginning
     * @param ends where to stop, by partition; exclusive
     */
    void read(String topic, Map<Integer, Long> from, Map<Integer, Long> ends, Batches batches) {
        List<TopicPartition> partitions =
                ends.keySet().stream().map(id -> new TopicPartition(topic, id)).toList();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long offset = from.get(partition.partition());
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
        long lastMove = System.nanoTime();
        long before = -1;
        while (partitions.stream().anyMatch(partition -> isBehind(partition, ends))) {
            var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.getOrDefault(record.partition(), 0L)) {
                    batch.add(record);
                }
            }
            batches.take(batch);
            long now = partitions.stream().mapToLong(consumer::position).sum();
            if (now != before) {
                before = now;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
                throw new RetriableStageException(
                        Stage.FETCH, "No record of " + topic + " came within " + PATIENCE.toSeconds() + " s", null);
            }
        }
    }

    private boolean isBehind(TopicPartition partition, Map<Integer, Long> ends) {
        return consumer.position(partition) < ends.getOrDefault(partition.partition(), 0L);
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new FatalStageException(
                    Stage.FETCH,
                    "There is no topic " + topic + ". Create the topics with \"ctstream topics create\", or start a"
                            + " service.",
                    null);
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
