package org.ctstream.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.topic.Preparation;

/** Writes classifications, and looks at what a sink made of them. */
final class ClassifiedTopic implements AutoCloseable {
    private static final String TOPIC = Topic.SCAN_CLASSIFIED.topicName();
    private static final String ALERTS = Topic.SCAN_ALERTED.topicName();
    private final Map<String, Object> kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<ScanClassified> serializer;
    private final Deserializer<ScanAlerted> alerts;

    ClassifiedTopic(ServiceConfig config) {
        Preparation.prepare(config);
        this.kafka = config.admin();
        this.admin = Admin.create(kafka);
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = Serializers.valueSerializer(config.serializers());
        this.alerts = Serializers.valueDeserializer(config.serializers(), ScanAlerted.class);
    }

    void send(ScanClassified result) {
        send(result.getScanId(), serializer.serialize(TOPIC, result));
    }

    void send(String scanId, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, scanId.getBytes(UTF_8), value));
    }

    /** Sends a value that the topic takes because it is small compressed. */
    void sendCompressed(String scanId, byte[] value) throws Exception {
        var config = new HashMap<>(kafka);
        config.put("compression.type", "gzip");
        config.put("max.request.size", 2 * value.length);
        try (var compressing = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            compressing
                    .send(new ProducerRecord<>(TOPIC, scanId.getBytes(UTF_8), value))
                    .get();
        }
    }

    /** Waits until the group has committed everything sent. */
    void awaitConsumed(String group) {
        producer.flush();
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(begun(committed(group))).isEqualTo(begun(ends(TOPIC))));
    }

    private Map<TopicPartition, Long> committed(String group) throws Exception {
        var offsets = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    void resetToBeginning(String group) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> zero = ends(TOPIC).keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets(group, zero).all().get();
    }

    /** The alerts a read_committed reader sees, of scans whose id begins so. */
    List<ScanAlerted> alerts(String prefix) throws Exception {
        var found = new ArrayList<ScanAlerted>();
        read(ALERTS, record -> {
            if (new String(record.key(), UTF_8).startsWith(prefix)) {
                found.add(alerts.deserialize(ALERTS, record.headers(), record.value()));
            }
        });
        return found;
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters(String scanId) throws Exception {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        read(TOPIC + Topic.DEAD_LETTER_SUFFIX, letter -> {
            if (new String(letter.key(), UTF_8).equals(scanId)) {
                found.add(letter);
            }
        });
        return found;
    }

    /** A partition without records has an end and no committed offset. */
    private static Map<TopicPartition, Long> begun(Map<TopicPartition, Long> offsets) {
        var begun = new HashMap<>(offsets);
        begun.values().removeIf(offset -> offset == 0);
        return begun;
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) throws Exception {
        Map<TopicPartition, Long> ends = ends(topic);
        var config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(each);
            }
        }
    }

    private Map<TopicPartition, Long> ends(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .flatMap(described -> described.partitions().stream())
                .forEach(info -> latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
        alerts.close();
        admin.close();
    }
}
