package org.ctstream.cli.quantize;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * The newest scans of {@code ct.scan.normalized}: what the workers see. Reads some times as many as are asked for, back from
 * the end of every partition, and joins no group.
 */
final class TopicSlices implements CalibrationSlices {
    private static final String TOPIC = Topic.SCAN_NORMALIZED.topicName();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How many times as many scans are looked at as are taken: consecutive ones are often of one study. */
    private static final int WINDOW = 4;

    private final Connection connection;

    TopicSlices(Connection connection) {
        this.connection = connection;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CliException if there is no such topic, or its records do not come
     * @throws StageException if the registry does not answer
     */
    @Override
    public Sample take(int count, int side, Predicate<byte[]> wanted) {
        var reservoir = new Reservoir(count, side, wanted);
        Map<String, Object> config = new HashMap<>(connection.consumer());
        // A reader that makes the topic it looks for would hide that it is missing.
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (Deserializer<ScanNormalized> deserializer =
                        Serializers.valueDeserializer(connection.serializers(), ScanNormalized.class);
                var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = assign(consumer, count);
            long lastRecord = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    lastRecord = System.nanoTime();
                    offer(record, deserializer, reservoir);
                }
                if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                    throw CliException.failure(
                            "No record of " + TOPIC + " came within " + PATIENCE.toSeconds() + " s", null);
                }
            }
        }
        return reservoir.sample();
    }

    @Override
    public String source() {
        return "the topic " + TOPIC;
    }

    /** Takes a place before the end of every partition; returns the ends. */
    private static Map<TopicPartition, Long> assign(Consumer<byte[], byte[]> consumer, int count) {
        List<PartitionInfo> infos = consumer.partitionsFor(TOPIC);
        if (infos == null || infos.isEmpty()) {
            throw CliException.failure(
                    "There is no topic " + TOPIC + ". Start the stream (\"ctstream up\"), or calibrate with files:"
                            + " --calibration FOLDER",
                    null);
        }
        List<TopicPartition> partitions = infos.stream()
                .map(info -> new TopicPartition(TOPIC, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long window = (long) WINDOW * (count / partitions.size() + 1);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - window)));
        return ends;
    }

    private static void offer(
            ConsumerRecord<byte[], byte[]> record, Deserializer<ScanNormalized> deserializer, Reservoir reservoir) {
        try {
            ScanNormalized scan = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (scan == null) {
                reservoir.refuse();
                return;
            }
            byte[] pixels = new byte[scan.getPixels().remaining()];
            scan.getPixels().duplicate().get(pixels);
            reservoir.offer(scan.getHeight(), scan.getWidth(), pixels);
        } catch (RuntimeException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (!(failure instanceof PoisonRecordException)) {
                throw failure;
            }
            reservoir.refuse();
        }
    }
}
