package org.ctstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelStore;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.topic.Preparation;

/** A real broker and registry for worker tests, with helpers to fill and read topics. */
final class Cluster implements AutoCloseable {
    private final EmbeddedStack stack;
    private final Path folder;
    private final Deserializer<ScanClassified> results;

    Cluster(Path folder) {
        this(folder, 0);
    }

    /** @param partitions partitions of the scan topics; 0 takes the catalogue's number */
    Cluster(Path folder, int partitions) {
        this.folder = folder;
        this.stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder.resolve("stack")));
        this.results = Serializers.valueDeserializer(Map.copyOf(base()), ScanClassified.class);
        var settings = new HashMap<>(base());
        settings.put(CommonKeys.TOPICS_PARTITIONS, Integer.toString(partitions));
        Preparation.prepare(ServiceConfig.of("test", CommonKeys.def(0), settings));
    }

    EmbeddedStack stack() {
        return stack;
    }

    /** Settings of a worker with an engine that costs what the test says and a group of its own. */
    Map<String, String> workerSettings(String instance, String group) {
        var settings = new HashMap<>(base());
        settings.put(CommonKeys.INSTANCE_NAME, instance);
        settings.put(CommonKeys.HTTP_PORT, "0");
        settings.put(WorkerKeys.GROUP_ID, group);
        settings.put(WorkerKeys.ENGINE, "none");
        settings.put(WorkerKeys.MODEL_STORE, folder.resolve("models").toString());
        return settings;
    }

    /** Publishes ROUTINE scans under ids prefix-0, prefix-1, …; every so many is an undecodable record. */
    void publish(String prefix, int count, int undecodableEvery) {
        publish(Lane.ROUTINE, prefix, count, undecodableEvery);
    }

    /** The same in a lane. */
    void publish(Lane lane, String prefix, int count, int undecodableEvery) {
        Serializer<ScanNormalized> serializer = Serializers.valueSerializer(Map.copyOf(base()));
        String topic = lane.normalized().topicName();
        try (var producer = producer()) {
            for (int i = 0; i < count; i++) {
                String scanId = prefix + "-" + i;
                byte[] value = undecodableEvery > 0 && i % undecodableEvery == 0
                        ? "not Avro at all".getBytes(UTF_8)
                        : serializer.serialize(topic, Scans.normalized(scanId, i % 256));
                var unused = producer.send(new ProducerRecord<>(topic, scanId.getBytes(UTF_8), value));
            }
            producer.flush();
        }
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "linger.ms", "5", "batch.size", "1048576"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Scan ids of committed records whose key has the prefix, one for each record, duplicates included. */
    List<String> committedScanIds(String topic, String prefix) {
        return read(topic).stream()
                .map(record -> new String(record.key(), UTF_8))
                .filter(id -> id.startsWith(prefix + "-"))
                .toList();
    }

    ScanClassified decode(ConsumerRecord<byte[], byte[]> record) {
        return results.deserialize(record.topic(), record.value());
    }

    /** All committed records of a topic from its beginning to its end as of now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Has a group begin after the normalized scans there are now. */
    void passOver(String group) throws Exception {
        try (Admin admin = admin()) {
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            for (int i = 0; i < Topic.SCAN_NORMALIZED.spec().partitions(); i++) {
                wanted.put(new TopicPartition(Topic.SCAN_NORMALIZED.topicName(), i), OffsetSpec.latest());
            }
            var ends = new HashMap<TopicPartition, OffsetAndMetadata>();
            admin.listOffsets(wanted)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(group, ends).all().get();
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
    }

    /** The model store of {@link #workerSettings}. */
    ModelStore models() {
        return new ModelStore(folder.resolve("models"));
    }

    ReleaseAnnouncer announcer() {
        return ReleaseAnnouncer.open(Map.copyOf(base()), Map.copyOf(base()));
    }

    ReleaseTopic releases() {
        return new ReleaseTopic(Map.copyOf(base()), Map.copyOf(base()));
    }

    /** Starts a worker on a thread of its own. */
    static RunningWorker start(Map<String, String> settings) {
        return start(settings, Engines.standard());
    }

    /** Starts a worker that knows these engines on a thread of its own. */
    static RunningWorker start(Map<String, String> settings, Engines engines) {
        InferenceWorker worker =
                InferenceWorker.create(ServiceConfig.of("worker", WorkerKeys.def(), settings), engines);
        return new RunningWorker(worker, CompletableFuture.runAsync(worker::run, task -> {
            var thread = new Thread(task, "worker-under-test");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /** A worker and the future of its run. */
    record RunningWorker(InferenceWorker worker, CompletableFuture<Void> run) implements AutoCloseable {
        /** Stops as SIGTERM does: drains, commits, leaves. */
        @Override
        public void close() {
            worker.requestStop();
            run.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
            worker.close();
        }
    }

    private Map<String, String> base() {
        return Map.of(
                CommonKeys.BOOTSTRAP_SERVERS,
                stack.bootstrapServers(),
                CommonKeys.SCHEMA_REGISTRY_URL,
                stack.registryUrl());
    }

    @Override
    public void close() {
        stack.close();
    }
}
