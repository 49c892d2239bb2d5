package org.ctstream.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.sink.store.Postgres;
import org.ctstream.sink.store.SampleResults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The sink with a real broker, registry and database. Every test has its own group, database and scan ids; the topics
 * are shared, so each looks at its own scans only.
 */
class ResultsSinkIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static EmbeddedStack stack;
    private static ClassifiedTopic topic;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(@TempDir Path data) {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(data));
        topic = new ClassifiedTopic(config("writer", "jdbc:h2:mem:unused"));
    }

    @AfterAll
    static void stop() {
        topic.close();
        stack.close();
    }

    @Test
    void everyResultIsStoredOnceWithOneAlertPerPositiveAlsoWhenReplayed() throws Exception {
        ServiceConfig config = config("all", h2());
        sendResults("all", 270);
        sendResults("all", 30);
        topic.send("all-bad", "not Avro at all".getBytes(UTF_8));
        ScanClassified tooLong = SampleResults.result("all-long", Label.POSITIVE);
        tooLong.setDevice("d".repeat(65));
        topic.send(tooLong);

        JsonNode first;
        try (RunningSink sink = RunningSink.start(config)) {
            topic.awaitConsumed("all");
            first = stats(sink);
        }
        assertThat(first.get("redelivered").asLong()).isGreaterThanOrEqualTo(30);
        assertThat(first.get("deadLettered").asLong()).isGreaterThanOrEqualTo(2);
        assertOneAlertPerPositive("all", 270);
        assertThat(onlyDeadLetter("all-bad").reason()).isEqualTo("undecodable");
        assertThat(onlyDeadLetter("all-bad").stage()).isEqualTo("deserialize");
        assertThat(onlyDeadLetter("all-long").reason()).isEqualTo("refused_by_database");

        topic.resetToBeginning("all");
        try (RunningSink sink = RunningSink.start(config)) {
            topic.awaitConsumed("all");
            assertThat(stats(sink).get("stored")).isEqualTo(first.get("stored"));
            assertThat(sink.get("/api/results/all-7").statusCode()).isEqualTo(200);
            assertThat(sink.get("/metrics").body()).contains("ctstream_alerts_total");
        }
        assertOneAlertPerPositive("all", 270);
    }

    @Test
    void hostileRecordsBecomeDeadLettersAndHoldUpNothing() throws Exception {
        ScanClassified old = SampleResults.result("hostile-old", Label.POSITIVE);
        old.setReceivedAt(Instant.parse("0001-01-01T00:00:00Z"));
        topic.send(old);
        topic.send("hostile-id-0", new byte[] {0, 0, 0, 0, 0, 1});
        topic.send("hostile-id-max", new byte[] {0, 127, -1, -1, -1, 1});
        topic.send("hostile-id-min", new byte[] {0, -128, 0, 0, 0, 1});
        topic.sendCompressed("hostile-large", "x".repeat(3 << 20).getBytes(UTF_8));

        try (RunningSink sink = RunningSink.start(config("hostile", h2()))) {
            topic.awaitConsumed("hostile");
            assertThat(sink.get("/api/results/hostile-old").statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(metric(sink, "ctstream_scans_total{outcome=\"dead-lettered\""))
                    .isGreaterThanOrEqualTo(4)
                    .isEqualTo(metric(sink, "ctstream_dead_letters_total{")));
        }

        for (String id : List.of("hostile-id-0", "hostile-id-max", "hostile-id-min", "hostile-large")) {
            assertThat(topic.deadLetters(id))
                    .as(id)
                    .isNotEmpty()
                    .allSatisfy(letter ->
                            assertThat(DeadLetter.read(letter).reason()).isEqualTo("undecodable"));
        }
        assertThat(topic.deadLetters("hostile-large")).allSatisfy(letter -> {
            assertThat(letter.value()).isNull();
            assertThat(DeadLetter.read(letter).omitted()).contains(Integer.toString(3 << 20));
        });
        assertThat(topic.alerts("hostile-old")).isNotEmpty();
    }

    @Test
    void aDeadLetterTheSettingsForbidStopsTheSinkInsteadOfStallingIt() {
        topic.send("forbidden", "not Avro".repeat(500).getBytes(UTF_8));
        try (RunningSink sink = RunningSink.start(
                config("forbidden", "forbidden", h2(), Map.of("producer.max.request.size", "2000")))) {
            assertThat(sink.awaitEnd())
                    .isInstanceOf(FatalStageException.class)
                    .hasMessageContaining("max.request.size");
        }
    }

    @ParameterizedTest
    @EnumSource(CommitFault.class)
    void aFaultAtTheKafkaCommitNeitherLosesNorRepeatsAnAlert(CommitFault fault) throws Exception {
        String group = "fault-" + fault.name().toLowerCase(Locale.ROOT);
        ServiceConfig config = config(group, h2());
        sendResults(group, 40);
        var happened = new AtomicBoolean();

        RunningSink sink = RunningSink.start(config, fault.around(() -> ResultsSink.producer(config), happened));
        if (fault.isCrash()) {
            assertThat(sink.awaitEnd()).isInstanceOf(CommitFault.SimulatedCrash.class);
            sink.close();
            sink = RunningSink.start(config);
        }
        try (RunningSink last = sink) {
            topic.awaitConsumed(group);
            await().untilAsserted(() -> assertThat(alertedOf(last, group)).isEqualTo(20));
        }

        assertThat(happened).isTrue();
        assertOneAlertPerPositive(group, 40);
    }

    @Test
    void aDatabaseThatIsAwayCostsReadinessAndNothingElse() throws Exception {
        try (var postgres = new Postgres(directory.resolve("postgres"))) {
            ServiceConfig config = config("outage", postgres.url());
            try (RunningSink sink = RunningSink.start(config)) {
                sendResults("outage", 20);
                topic.awaitConsumed("outage");
                sink.awaitReadiness(200, "ok");

                postgres.stop();
                sendResults("outage-later", 20);
                sink.awaitReadiness(503, "\"database\":\"Cannot");
                assertThat(sink.get("/api/results").statusCode()).isEqualTo(503);
                postgres.start();

                sink.awaitReadiness(200, "ok");
                topic.awaitConsumed("outage");
                assertThat(sink.get("/api/results/outage-later-19").statusCode())
                        .isEqualTo(200);
            }
            assertOneAlertPerPositive("outage-", 20, "outage-later-", 20);
        }
    }

    @Test
    void aSinkMayStartBeforeItsDatabase() {
        var postgres = new Postgres(directory.resolve("postgres"));
        postgres.stop();
        try (RunningSink sink = RunningSink.start(config("early", postgres.url()))) {
            sink.awaitReadiness(503, "database");
            postgres.start();

            sink.awaitReadiness(200, "ok");
            topic.awaitConsumed("early");
        } finally {
            postgres.close();
        }
    }

    @Test
    void aSecondSinkTakesItsShareWithoutRepeatingAnything() throws Exception {
        String url = h2();
        sendResults("pair", 200);
        try (RunningSink first = RunningSink.start(config("pair", "one", url))) {
            await().atMost(LONG).until(() -> stats(first).get("stored").asLong() > 0);
            try (RunningSink second = RunningSink.start(config("pair", "two", url))) {
                await().atMost(LONG).until(() -> assignedPartitions(second) > 0 && assignedPartitions(first) > 0);
                sendResults("pair-more", 200);
                topic.awaitConsumed("pair");
                assertThat(metric(second, "ctstream_scans_total{outcome=\"stored\""))
                        .isPositive();
            }
            sendResults("pair-alone", 20);
            topic.awaitConsumed("pair");
        }

        assertOneAlertPerPositive("pair-", 200, "pair-more-", 200, "pair-alone-", 20);
    }

    @Test
    void aLostDatabaseIsFilledAgainWithoutRepeatingAlerts() throws Exception {
        sendResults("lost", 20);
        try (RunningSink sink = RunningSink.start(config("lost", h2()))) {
            topic.awaitConsumed("lost");
        }

        try (RunningSink sink = RunningSink.start(config("lost", h2() + "-restored"))) {
            sendResults("lost-later", 2);
            topic.awaitConsumed("lost");
            await().untilAsserted(() -> {
                assertThat(sink.get("/api/results/lost-19").statusCode()).isEqualTo(200);
                assertThat(sink.get("/api/results/lost-later-1").statusCode()).isEqualTo(200);
            });
        }
        assertOneAlertPerPositive("lost-", 20, "lost-later-", 2);
    }

    /** Every second one is positive. */
    private static void sendResults(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            topic.send(SampleResults.result(prefix + "-" + i, i % 2 == 0 ? Label.POSITIVE : Label.NEGATIVE));
        }
    }

    private static void assertOneAlertPerPositive(String prefix, int count) throws Exception {
        assertOneAlertPerPositive(prefix + "-", count, prefix + "-none-", 0, prefix + "-none-", 0);
    }

    private static void assertOneAlertPerPositive(String prefix, int count, String second, int secondCount)
            throws Exception {
        assertOneAlertPerPositive(prefix, count, second, secondCount, second, 0);
    }

    private static void assertOneAlertPerPositive(
            String prefix, int count, String second, int secondCount, String third, int thirdCount) throws Exception {
        var expected = new TreeSet<>(positives(prefix, count));
        expected.addAll(positives(second, secondCount));
        expected.addAll(positives(third, thirdCount));
        assertThat(topic.alerts(prefix))
                .extracting(ScanAlerted::getAlertId)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> positives(String prefix, int count) {
        return IntStream.iterate(0, i -> i < count, i -> i + 2)
                .mapToObj(i -> prefix + i + "/1.0")
                .toList();
    }

    private static double assignedPartitions(RunningSink sink) {
        return metric(sink, "kafka_consumer_coordinator_assigned_partitions{");
    }

    /** The sum over all lines of that metric; 0 if there are none. */
    private static double metric(RunningSink sink, String begin) {
        return sink.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static DeadLetter onlyDeadLetter(String scanId) throws Exception {
        assertThat(topic.deadLetters(scanId)).hasSize(1);
        ConsumerRecord<byte[], byte[]> letter = topic.deadLetters(scanId).get(0);
        return DeadLetter.read(letter);
    }

    private static long alertedOf(RunningSink sink, String prefix) throws Exception {
        JsonNode results = json(sink, "/api/results?limit=500&label=POSITIVE").get("results");
        long alerted = 0;
        for (JsonNode result : results) {
            if (result.get("scanId").asText().startsWith(prefix + "-")
                    && !result.get("alertedAt").isNull()) {
                alerted++;
            }
        }
        return alerted;
    }

    private static JsonNode stats(RunningSink sink) throws Exception {
        return json(sink, "/api/stats");
    }

    private static JsonNode json(RunningSink sink, String path) throws Exception {
        return new ObjectMapper().readTree(sink.get(path).body());
    }

    private String h2() {
        return "jdbc:h2:file:" + directory.resolve("results");
    }

    private static ServiceConfig config(String group, String databaseUrl) {
        return config(group, group, databaseUrl);
    }

    private static ServiceConfig config(String group, String instance, String databaseUrl) {
        return config(group, instance, databaseUrl, Map.of());
    }

    private static ServiceConfig config(String group, String instance, String databaseUrl, Map<String, String> more) {
        boolean postgres = databaseUrl.startsWith("jdbc:postgresql:");
        var all = new HashMap<>(more);
        all.putAll(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.registryUrl(),
                "instance.name",
                instance,
                "http.port",
                "0",
                "sink.group.id",
                group,
                "database.url",
                databaseUrl,
                "database.user",
                postgres ? "postgres" : "",
                "database.timeout.ms",
                "1000",
                "topics.replication.factor",
                "1"));
        return ServiceConfig.of("results-sink", SinkKeys.def(), all);
    }
}
