package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.ctstream.ingest.run.Retries;
import org.ctstream.ingest.run.Stop;
import org.ctstream.ingest.run.TaskWatch;
import org.ctstream.ingest.topology.IngestTopology;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.fetch.PayloadReader;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** The real topology with the service's own settings and parts, in Streams' test driver, with a registry in memory. */
final class TopologyHarness implements AutoCloseable {
    private static final Duration SHORT = Duration.ofMillis(2);

    final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    final Metrics metrics = new Metrics("ingest");
    private final ServiceConfig config;
    private final PayloadReader payloads;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> received;
    private final Lane lane;
    private final Map<Lane, TestOutputTopic<byte[], byte[]>> normalized = new EnumMap<>(Lane.class);
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    private TopologyHarness(Lane lane, Map<String, String> given) {
        this.lane = lane;
        config = ServiceConfig.of("ingest", IngestKeys.def(), given);
        payloads = ScanPipelines.payloads(config);
        var watch = new TaskWatch(health, Clock.systemUTC());
        var retries = new Retries(watch, new Stop(), SHORT, SHORT, config.millis(IngestKeys.RETRY_MAX_MS));
        driver = new TopologyTestDriver(
                IngestTopology.of(
                        lane,
                        ScanPipelines.pipeline(config, payloads, metrics, Clock.systemUTC()),
                        retries,
                        watch,
                        metrics),
                StreamsSettings.of(config, lane));
        received = driver.createInputTopic(
                lane.received().topicName(), new ByteArraySerializer(), new ByteArraySerializer());
        for (Lane target : Lane.values()) {
            normalized.put(target, output(target.normalized().topicName()));
        }
        deadLetters = output(lane.received().topicName() + Topic.DEAD_LETTER_SUFFIX);
    }

    /** @param keys configuration keys and values in turn */
    static TopologyHarness with(String... keys) {
        return of(Lane.ROUTINE, keys);
    }

    /** The topology of a lane. */
    static TopologyHarness of(Lane lane, String... keys) {
        var given = new HashMap<String, String>();
        given.put("bootstrap.servers", "unused:9092");
        given.put("schema.registry.url", "mock://" + UUID.randomUUID());
        for (int i = 0; i < keys.length; i += 2) {
            given.put(keys[i], keys[i + 1]);
        }
        return new TopologyHarness(lane, given);
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    byte[] encode(SpecificRecord record) {
        Serializer<SpecificRecord> serializer = Serializers.valueSerializer(config.serializers());
        return serializer.serialize(Topic.SCAN_RECEIVED.topicName(), record);
    }

    void send(ScanReceived scan) {
        send(scan.getScanId(), encode(scan), new RecordHeaders());
    }

    void send(@Nullable String key, byte @Nullable [] value, Headers headers) {
        received.pipeInput(new TestRecord<>(key == null ? null : key.getBytes(UTF_8), value, headers, 1_000L));
    }

    /** The records forwarded in the topology's own lane since the last call. */
    List<TestRecord<byte[], byte[]>> normalizedRecords() {
        return normalizedRecords(lane);
    }

    /** The records forwarded to a lane since the last call. */
    List<TestRecord<byte[], byte[]>> normalizedRecords(Lane target) {
        return Objects.requireNonNull(normalized.get(target)).readRecordsToList();
    }

    ScanNormalized decode(TestRecord<byte[], byte[]> record) {
        return Serializers.valueDeserializer(config.serializers(), ScanNormalized.class)
                .deserialize(Topic.SCAN_NORMALIZED.topicName(), record.value());
    }

    List<ScanNormalized> normalized() {
        return normalizedRecords().stream().map(this::decode).toList();
    }

    /** The dead letters since the last call. */
    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    static DeadLetter read(TestRecord<byte[], byte[]> letter) {
        var record = new ConsumerRecord<>(
                "letters",
                0,
                0L,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                letter.key(),
                letter.value(),
                letter.headers(),
                Optional.empty());
        return DeadLetter.read(record);
    }

    @Override
    public void close() throws Exception {
        driver.close();
        payloads.close();
        metrics.close();
    }
}
