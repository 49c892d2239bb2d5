package org.ctstream.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.avro.StudyClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.store.SampleResults;

/** Writes what publisher, ingest and worker would of one scan, and looks at the labels and studies that come of it. */
final class ScanTopics implements AutoCloseable {
    /** What stands for a file's bytes. */
    static final byte[] ORIGINAL = {1, 2, 3, 4, 5};

    private final Map<String, Object> kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final Deserializer<ScanLabeled> labels;
    private final Deserializer<StudyClassified> studies;

    ScanTopics(ServiceConfig config) {
        this.kafka = config.admin();
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = Serializers.valueSerializer(config.serializers());
        this.labels = Serializers.valueDeserializer(config.serializers(), ScanLabeled.class);
        this.studies = Serializers.valueDeserializer(config.serializers(), StudyClassified.class);
    }

    /** Sends a scan through, of a study of its own, and returns where its original stands. */
    RecordPosition send(String scanId, Label label) throws Exception {
        return send(scanId, label, "study of " + scanId);
    }

    /** The same for a slice of that study. */
    RecordPosition send(String scanId, Label label, String studyUid) throws Exception {
        RecordPosition received = write(Topic.SCAN_RECEIVED, scanId, received(scanId));
        ScanNormalized slice = normalized(scanId);
        slice.setReceivedRecord(received);
        RecordPosition normalized = write(Topic.SCAN_NORMALIZED, scanId, slice);
        ScanClassified result = SampleResults.result(scanId, label);
        result.setStudyUid(studyUid);
        result.setPatientRef("patient of " + scanId);
        result.setSourceDigest("picture of " + scanId);
        result.setEmbedding(ByteBuffer.wrap(new byte[] {127, (byte) scanId.length()}));
        result.setReceivedRecord(received);
        result.setNormalizedRecord(normalized);
        write(Topic.SCAN_CLASSIFIED, scanId, result);
        return received;
    }

    /** Ends the retention of everything that stands there up to now. */
    void forget(RecordPosition upTo) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            var partition = new TopicPartition(upTo.getTopic(), upTo.getPartition());
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(upTo.getOffset() + 1)))
                    .all()
                    .get();
        }
    }

    /** The labels of a scan, in their order. */
    List<ScanLabeled> labels(String scanId) {
        return values(Topic.SCAN_LABELED, scanId, labels);
    }

    /** What was published of a study, in its order. */
    List<StudyClassified> studies(String studyUid) {
        return values(Topic.STUDY_CLASSIFIED, studyUid, studies);
    }

    private <T> List<T> values(Topic topic, String key, Deserializer<T> deserializer) {
        var found = new ArrayList<T>();
        var config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (new String(record.key(), UTF_8).equals(key)) {
                        found.add(deserializer.deserialize(record.topic(), record.headers(), record.value()));
                    }
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
        labels.close();
        studies.close();
    }

    private RecordPosition write(Topic topic, String scanId, SpecificRecord value) throws Exception {
        RecordMetadata written = producer.send(new ProducerRecord<>(
                        topic.topicName(), scanId.getBytes(UTF_8), serializer.serialize(topic.topicName(), value)))
                .get();
        return new RecordPosition(written.topic(), written.partition(), written.offset());
    }

    private static ScanReceived received(String scanId) {
        return ScanReceived.newBuilder()
                .setScanId(scanId)
                .setSource("CT-1")
                .setReceivedAt(SampleResults.RECEIVED)
                .setPriority(Priority.ROUTINE)
                .setPayload(new InlinePayload(ByteBuffer.wrap(ORIGINAL)))
                .build();
    }

    private static ScanNormalized normalized(String scanId) {
        return ScanNormalized.newBuilder()
                .setScanId(scanId)
                .setSource("CT-1")
                .setReceivedAt(SampleResults.RECEIVED)
                .setNormalizedAt(SampleResults.RECEIVED.plusMillis(20))
                .setHeight(2)
                .setWidth(3)
                .setPixels(ByteBuffer.wrap(new byte[] {0, 50, 100, (byte) 150, (byte) 200, (byte) 255}))
                .setSourceDigest("ab".repeat(32))
                .setSourceFormat("PNG")
                .setPreprocessingVersion("1")
                .setStatistics(new ImageStatistics(125.0, 90.0, 0, 255))
                .build();
    }
}
