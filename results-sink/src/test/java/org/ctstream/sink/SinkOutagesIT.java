package org.ctstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.sink.store.Postgres;
import org.ctstream.sink.store.SampleResults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink with nothing to do says of what is away, and what a sink that was killed leaves behind. */
class SinkOutagesIT {
    /** Promised are 10 s, which the reliability program "outages" measures; a busy machine has longer here. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(40);

    private static EmbeddedStack stack;
    private static ClassifiedTopic topic;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(@TempDir Path data) {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(data));
        topic = new ClassifiedTopic(config(keys("writer", "jdbc:h2:mem:unused")));
        send("first", 1); // the producer knows the topic from here on, whatever happens to the broker
    }

    @AfterAll
    static void stop() {
        topic.close();
        stack.close();
    }

    @Tag("long")
    @Test
    void brokerThatIsAwayIsSeenByAnIdleSinkAndResultsSentMeanwhileAreStored() throws Exception {
        try (RunningSink sink = RunningSink.start(config(keys("broker", h2())))) {
            sink.awaitReadiness(200, "\"kafka-reachable\":\"ok\"");

            stack.broker().stop();
            // A producer whose brokers are all gone forgets what it knew of them: to send is to wait for them.
            var sent = CompletableFuture.runAsync(() -> send("broker", 20));
            awaitSeen(sink, "\"kafka-reachable\":\"Kafka (bootstrap.servers=127.0.0.1:");
            stack.broker().start();

            sink.awaitReadiness(200, "\"kafka-reachable\":\"ok\"");
            assertThat(sent).succeedsWithin(Duration.ofMinutes(1));
            topic.awaitConsumed("broker");
            assertThat(sink.get("/api/results/broker-19").statusCode()).isEqualTo(200);
        }
        assertOneAlertEach("broker", 20);
    }

    @Tag("long")
    @Test
    void databaseThatIsAwayIsSeenByAnIdleSink() throws Exception {
        try (var postgres = new Postgres(directory.resolve("postgres"));
                RunningSink sink = RunningSink.start(config(keys("idle", postgres.url())))) {
            sink.awaitReadiness(200, "\"database-reachable\":\"ok\"");

            postgres.stop();
            awaitSeen(sink, "\"database-reachable\":\"The database jdbc:postgresql://127.0.0.1:");
            postgres.start();

            sink.awaitReadiness(200, "\"database-reachable\":\"ok\"");
            send("idle", 4);
            topic.awaitConsumed("idle");
            assertThat(sink.get("/api/results/idle-3").statusCode()).isEqualTo(200);
        }
    }

    @Tag("long")
    @Test
    void fileOfH2OpensAfterTheSinkWasKilledAndHoldsEveryResultOnce() throws Exception {
        int port = Ports.free("127.0.0.1", 0);
        Map<String, String> keys = keys("killed", h2());
        keys.put("http.port", Integer.toString(port));
        ChildJvm child = ChildJvm.builder("sink", SinkMain.class.getName())
                .arguments(keys.entrySet().stream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .toList())
                .jvmArguments(List.of("-Xmx256m"))
                .logFile(directory.resolve("sink.log"))
                .start(() -> status(port) == 200, Duration.ofMinutes(1));
        send("killed", 400);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !topic.alerts("killed-").isEmpty());
        child.kill();
        send("killed-later", 20);

        keys.put("http.port", "0");
        try (RunningSink sink = RunningSink.start(config(keys))) {
            topic.awaitConsumed("killed");
            for (int i = 0; i < 400; i++) {
                assertThat(sink.get("/api/results/killed-" + i).statusCode()).isEqualTo(200);
            }
            assertThat(sink.get("/api/results/killed-later-19").statusCode()).isEqualTo(200);
        }
        assertOneAlertEach("killed", 400);
        assertOneAlertEach("killed-later", 20);
    }

    @Test
    void clusterBelowTransactionVersion2IsRefusedWithTheRemedy() throws Exception {
        transactionVersion(1, UpgradeType.SAFE_DOWNGRADE);
        try (RunningSink sink = RunningSink.start(config(keys("version", h2())))) {
            assertThat(sink.awaitEnd())
                    .isInstanceOf(FatalStageException.class)
                    .hasMessageContaining("transaction.version is 1 (expected: 2 or more)")
                    .hasMessageContaining("upgrade --feature transaction.version=2");
        } finally {
            transactionVersion(2, UpgradeType.UPGRADE);
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

    private static void awaitSeen(RunningSink sink, String text) {
        await().atMost(SEEN_WITHIN).untilAsserted(() -> {
            HttpResponse<String> answer = sink.get("/readyz");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains(text);
        });
    }

    private static void send(String prefix, int count) {
        IntStream.range(0, count).forEach(i -> topic.send(SampleResults.result(prefix + "-" + i, Label.POSITIVE)));
    }

    private static void assertOneAlertEach(String prefix, int count) throws Exception {
        assertThat(topic.alerts(prefix + "-"))
                .extracting(ScanAlerted::getScanId)
                .filteredOn(id -> id.matches(prefix + "-\\d+"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count)
                        .mapToObj(i -> prefix + "-" + i)
                        .toList());
    }

    private static int status(int port) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private String h2() {
        return "jdbc:h2:file:" + directory.resolve("results");
    }

    private static ServiceConfig config(Map<String, String> keys) {
        return ServiceConfig.of("results-sink", SinkKeys.def(), keys);
    }

    private static Map<String, String> keys(String group, String databaseUrl) {
        var keys = new HashMap<String, String>();
        keys.put("bootstrap.servers", stack.bootstrapServers());
        keys.put("schema.registry.url", stack.registryUrl());
        keys.put("instance.name", group);
        keys.put("http.port", "0");
        keys.put("sink.group.id", group);
        keys.put("database.url", databaseUrl);
        keys.put("database.user", databaseUrl.startsWith("jdbc:postgresql:") ? "postgres" : "");
        return keys;
    }
}
