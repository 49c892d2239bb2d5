package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.embedded.BrokerMode;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.topic.Preparation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ingest with nothing to do says what is away, goes on when it is back, and loses nothing. */
class DependenciesAwayIT {
    /** Promised are 10 s, which the reliability program "outages" measures; a busy machine has longer here. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(40);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String RECEIVED = Topic.SCAN_RECEIVED.topicName();

    @TempDir
    private static Path folder;

    private static EmbeddedStack stack;
    private static KafkaProducer<byte[], byte[]> producer;
    private static Serializer<ScanReceived> serializer;

    @BeforeAll
    static void startStack() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder).withBrokerMode(BrokerMode.IN_THIS_JVM));
        Preparation.prepare(ServiceConfig.of("it", IngestKeys.def(), connections()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        serializer = Serializers.valueSerializer(connections());
        send("warm", 1); // the serializer knows its id from here on, whatever happens to the registry
    }

    @AfterAll
    static void stopStack() {
        producer.close();
        stack.close();
    }

    @Test
    void brokerThatIsAwayIsSeenAndWhatIsPublishedMeanwhileComesThrough() throws Exception {
        try (var ingest = start("broker");
                var normalized =
                        new TopicTap(stack.bootstrapServers(), Topic.SCAN_NORMALIZED.topicName(), "read_committed")) {
            await().atMost(PATIENCE).until(ingest::isReady);

            stack.broker().stop();
            // A producer whose brokers are all gone forgets what it knew of them: to send is to wait for them.
            var sending = CompletableFuture.supplyAsync(() -> send("broker", 20));
            awaitSeen(ingest, "\"kafka-reachable\":\"Kafka (bootstrap.servers=127.0.0.1:");
            stack.broker().start();

            await().atMost(PATIENCE).until(ingest::isReady);
            List<String> sent = sending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> ids(normalized, "broker").size() >= sent.size());
            assertThat(ids(normalized, "broker")).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void registryThatIsAwayIsSeenByAnIdleIngest() throws Exception {
        try (var ingest = start("registry")) {
            await().atMost(PATIENCE).until(ingest::isReady);

            stack.registry().stop();
            awaitSeen(ingest, "\"schema-registry-reachable\":\"The schema registry");
            stack.registry().start();

            await().atMost(PATIENCE).until(ingest::isReady);
        }
    }

    @Test
    void clusterBelowTransactionVersion2IsRefusedWithTheRemedy() throws Exception {
        transactionVersion(1, UpgradeType.SAFE_DOWNGRADE);
        var ingest = start("version");
        try {
            assertThatThrownBy(() -> ingest.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(FatalStageException.class)
                    .hasMessageContaining("transaction.version is 1 (expected: 2 or more)")
                    .hasMessageContaining("upgrade --feature transaction.version=2");
        } finally {
            transactionVersion(2, UpgradeType.UPGRADE);
            assertThatThrownBy(ingest::close).hasCauseInstanceOf(FatalStageException.class);
        }
    }

    private static void transactionVersion(int level, UpgradeType type) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.updateFeatures(
                            Map.of("transaction.version", new FeatureUpdate((short) level, type)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static void awaitSeen(RunningIngest ingest, String text) {
        await().atMost(SEEN_WITHIN)
                .untilAsserted(
                        () -> assertThat(ingest.readiness()).startsWith("503").contains(text));
    }

    private static List<String> send(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> prefix + "." + i)
                .peek(id -> {
                    var unused = producer.send(new ProducerRecord<>(
                            RECEIVED,
                            id.getBytes(UTF_8),
                            serializer.serialize(RECEIVED, TestScans.inline(id, TestScans.png(1)))));
                })
                .toList();
    }

    private static List<String> ids(TopicTap tap, String prefix) {
        return tap.all().stream()
                .map(record -> new String(record.key(), UTF_8))
                .filter(id -> id.startsWith(prefix + "."))
                .toList();
    }

    private static RunningIngest start(String application) {
        return new RunningIngest(
                stack.bootstrapServers(),
                stack.registryUrl(),
                IngestKeys.APPLICATION_ID,
                application,
                "streams.state.dir",
                folder.resolve("streams-" + application).toString());
    }

    private static Map<String, String> connections() {
        return Map.of("bootstrap.servers", stack.bootstrapServers(), "schema.registry.url", stack.registryUrl());
    }
}
