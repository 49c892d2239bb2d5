package org.ctstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.hl7v2.AcknowledgmentCode;
import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.deliver.WebhookReceiver;
import org.ctstream.sink.example.AlertConsumerExample;
import org.ctstream.sink.hl7.Hl7Receiver;
import org.ctstream.sink.hl7.OruMessages;
import org.ctstream.sink.store.Postgres;
import org.ctstream.sink.store.SampleResults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts from the topic to real receivers, a webhook's and an HL7 one, that are away at first, by a sink that is killed
 * in between.
 */
class AlertDeliveryIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int SCANS = 40;
    private static EmbeddedStack stack;
    private static ClassifiedTopic topic;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(@TempDir Path data) {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(data));
        topic = new ClassifiedTopic(ServiceConfig.of("results-sink", SinkKeys.def(), kafka("writer", "jdbc:h2:mem:x")));
    }

    @AfterAll
    static void stop() {
        topic.close();
        stack.close();
    }

    @Test
    void aSinkKilledWithH2LosesNoAlert() throws Exception {
        killedInBetween("h2", "jdbc:h2:file:" + directory.resolve("results"), "");
    }

    @Test
    void aSinkKilledWithPostgresLosesNoAlert() throws Exception {
        try (var postgres = new Postgres(directory.resolve("postgres"))) {
            killedInBetween("postgres", postgres.url(), "postgres");
        }
    }

    @Test
    void theJavaExampleOfTheGuideReadsAlerts() throws Exception {
        raise("java-example");
        var read = new ConcurrentSkipListSet<String>();

        long end = System.nanoTime() + LONG.toNanos();
        AlertConsumerExample.consume(
                stack.bootstrapServers(),
                stack.registryUrl(),
                () -> !read.contains("java-example") && System.nanoTime() < end,
                alert -> read.add(alert.getScanId()));

        assertThat(read).contains("java-example");
    }

    /** With the client installed: {@code pip install "confluent-kafka[avro,schemaregistry]"}, and -Dctstream.python=. */
    @Test
    void thePythonExampleOfTheGuideReadsAlerts() throws Exception {
        String python = System.getProperty("ctstream.python", "python3");
        assumeThat(isInstalled(python)).as("confluent-kafka for " + python).isTrue();
        raise("python-example");
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(
                        python, "../docs/examples/alerts.py", stack.bootstrapServers(), stack.registryUrl())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(Files.readString(said))
                            .containsPattern("python-example \\S+ 0\\.875 2026-11-22"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Brings an alert onto the topic. */
    private void raise(String scanId) throws Exception {
        topic.send(result(scanId, Label.POSITIVE));
        var config = ServiceConfig.of(
                "results-sink", SinkKeys.def(), kafka(scanId, "jdbc:h2:file:" + directory.resolve("raised")));
        try (RunningSink sink = RunningSink.start(config)) {
            topic.awaitConsumed(scanId);
        }
    }

    private static boolean isInstalled(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import confluent_kafka.schema_registry.avro")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private void killedInBetween(String group, String databaseUrl, String user) throws Exception {
        try (var webhook = new WebhookReceiver(request -> 503);
                var hl7 = new Hl7Receiver(message -> AcknowledgmentCode.AR)) {
            Map<String, String> settings = kafka(group, databaseUrl);
            settings.put("database.user", user);
            settings.put("webhook.urls", "ward=" + webhook.url());
            settings.put("webhook.secrets", "ward=" + SECRET);
            settings.put("webhook.format", "fhir");
            settings.put("hl7.addresses", "ris=127.0.0.1:" + hl7.port());
            settings.put("alert.delivery.timeout.ms", "2000");
            settings.put("alert.retry.first.ms", "50");
            settings.put("alert.retry.max.ms", "500");
            Path file = write(settings);
            for (int i = 0; i < SCANS; i++) {
                topic.send(result(group + "-" + i, i % 2 == 0 ? Label.POSITIVE : Label.NEGATIVE));
            }

            try (ChildJvm first = launch(group + "-first", file)) {
                await().atMost(LONG)
                        .until(() ->
                                webhook.requests().size() > 2 && hl7.messages().size() > 2);
                topic.awaitConsumed(group);
                // Some get through, and the sink dies while it delivers.
                webhook.answer(request -> webhook.accepted().size() < 5 ? 200 : 503);
                await().atMost(LONG).until(() -> webhook.accepted().size() == 5);
                first.kill();
            }
            webhook.answer(request -> 200);
            hl7.answer(message -> AcknowledgmentCode.AA);
            try (ChildJvm second = launch(group + "-second", file)) {
                await().atMost(LONG).untilAsserted(() -> {
                    assertThat(new TreeSet<>(byWebhook(webhook, group))).isEqualTo(expected(group));
                    assertThat(new TreeSet<>(byHl7(hl7, group))).isEqualTo(controlIds(group));
                });
                assertThat(second.isAlive()).isTrue();
            }
            // The one that was under way when the sink died may have come twice, under the same id; no other.
            assertThat(byWebhook(webhook, group)).hasSizeBetween(SCANS / 2, SCANS / 2 + 1);
            assertThat(byHl7(hl7, group)).hasSize(SCANS / 2);
            assertThat(webhook.mostInHand()).isEqualTo(1);
            assertThat(webhook.accepted()).allSatisfy(request -> {
                assertThat(request.contentType()).isEqualTo("application/fhir+json");
                assertThat(request.body()).contains("DiagnosticReport").contains("not a diagnosis");
            });
            assertThat(topic.alerts(group + "-"))
                    .extracting(ScanAlerted::getAlertId)
                    .containsExactlyInAnyOrderElementsOf(expected(group));
        }
    }

    private ChildJvm launch(String name, Path settings) throws IOException {
        int port = Integer.parseInt(read(settings, "http.port"));
        HttpClient client = HttpClient.newHttpClient();
        return ChildJvm.builder(name, SinkProcess.class.getName())
                .jvmArguments(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"))
                .arguments(List.of(settings.toString()))
                .logFile(directory.resolve(name + ".log"))
                .start(
                        () -> client.send(
                                                HttpRequest.newBuilder(
                                                                URI.create("http://127.0.0.1:" + port + "/livez"))
                                                        .build(),
                                                HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200,
                        LONG);
    }

    private static ScanClassified result(String scanId, Label label) {
        ScanClassified result = SampleResults.result(scanId, label);
        result.setResultId(scanId);
        return result;
    }

    private static Set<String> expected(String group) {
        return IntStream.iterate(0, i -> i < SCANS, i -> i + 2)
                .mapToObj(i -> group + "-" + i)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> controlIds(String group) {
        return expected(group).stream().map(OruMessages::controlId).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The topic is shared, and a new group gets the other tests' alerts too. */
    private static List<String> byWebhook(WebhookReceiver receiver, String group) {
        return receiver.accepted().stream()
                .map(WebhookReceiver.Request::id)
                .filter(id -> id.startsWith(group + "-"))
                .toList();
    }

    private static List<String> byHl7(Hl7Receiver receiver, String group) {
        Set<String> expected = controlIds(group);
        return receiver.accepted().stream().filter(expected::contains).toList();
    }

    private Path write(Map<String, String> settings) throws IOException {
        settings.put("http.port", Integer.toString(freePort()));
        var properties = new Properties();
        properties.putAll(settings);
        Path file = directory.resolve("sink.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static String read(Path file, String key) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return Objects.requireNonNull(properties.getProperty(key), key);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> kafka(String group, String databaseUrl) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.registryUrl(),
                "instance.name",
                group,
                "http.port",
                "0",
                "sink.group.id",
                group,
                "database.url",
                databaseUrl,
                "database.timeout.ms",
                "2000",
                "topics.replication.factor",
                "1"));
    }
}
