package org.ctstream.cli.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.Ctstream;
import org.ctstream.cli.it.ServiceProcess;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.StackSettings;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.embedded.process.ChildStartException;
import org.ctstream.embedded.security.SecurityFolder;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.access.ServiceUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stream behind passwords, TLS and access rights, each service in a process and as a user of its own. */
class SecureStreamIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static LocalStack stack;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        stack = LocalStack.start(
                new StackSettings(folder.resolve("data"), 0, 0, 0, 1, "none", Optional.empty(), Map.of(), true),
                new NoListener());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void scansThatThePublisherAndTheGatewaySendBecomeResults() throws Exception {
        Path scans = Files.createDirectories(folder.resolve("scans"));
        for (int i = 0; i < 4; i++) {
            Files.write(
                    scans.resolve("slice-" + i + ".dcm"),
                    new PhantomSlices(128).generate(i, i % 2 == 0).toDicom());
        }

        CliRun run = CliRun.of("publish", "--command-config", commandConfig(ServiceUser.PUBLISHER), scans.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(storeByGateway(new PhantomSlices(128).generate(4, false).toDicom()))
                .isEqualTo(200);
        await().atMost(LONG)
                .until(() -> new ObjectMapper()
                                .readTree(api(authorization()).body())
                                .path("results")
                                .size()
                        == 5);
    }

    @Test
    void operatorSeesTopicsAndLettersAndThePublisherDoesNot() {
        CliRun topics = CliRun.of("topics", "list", "--command-config", commandConfig(ServiceUser.OPERATOR));
        CliRun letters = CliRun.of("dead-letters", "list", "--command-config", commandConfig(ServiceUser.OPERATOR));

        assertThat(topics.exitCode()).as(topics.err()).isZero();
        assertThat(topics.out()).contains(Topic.MODEL_RELEASED.topicName());
        assertThat(letters.exitCode()).as(letters.err()).isZero();
        assertThatThrownBy(() -> read(ServiceUser.PUBLISHER, Topic.SCAN_RECEIVED))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(ServiceUser.PUBLISHER, Topic.SCAN_CLASSIFIED))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void gatewayCannotReadScansNorForgeLabels() {
        assertThatThrownBy(() -> read(ServiceUser.GATEWAY, Topic.SCAN_RECEIVED))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write(ServiceUser.GATEWAY, Topic.SCAN_LABELED.topicName()))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void workersCannotReleaseModelsNorReadScansNorForgeAlerts() {
        for (Topic topic : List.of(Topic.MODEL_RELEASED, Topic.SCAN_ALERTED, Topic.SCAN_RECEIVED, Topic.SCAN_LABELED)) {
            assertThatThrownBy(() -> write(ServiceUser.WORKER, topic.topicName()))
                    .as(topic.topicName())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        assertThatThrownBy(() -> read(ServiceUser.WORKER, Topic.SCAN_RECEIVED))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write(ServiceUser.SINK, Topic.SCAN_CLASSIFIED.topicName()))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void serviceWithAWrongPasswordEndsAndSaysWhatToDo() throws Exception {
        Properties config = config("worker-1");
        config.remove("sasl.jaas.config.file");
        config.setProperty(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"worker\""
                        + " password=\"wrong-word\";");

        assertThat(endOf("wrong-password", "worker", config))
                .contains("sasl.jaas.config.file")
                .contains("are those the broker has")
                .doesNotContain("wrong-word");
    }

    @Test
    void serviceWithAnotherServicesUserEndsAndNamesTheRightItLacks() throws Exception {
        Properties config = config("worker-1");
        config.setProperty("sasl.jaas.config.file", config("sink-1").getProperty("sasl.jaas.config.file"));

        assertThat(endOf("wrong-user", "worker", config))
                .contains("ctstream access apply")
                .contains("docs/security.md");
    }

    @Test
    void pageAndApiAskForThePasswordAndProbesDoNot() throws Exception {
        assertThat(api(null).statusCode()).isEqualTo(401);
        assertThat(api("Basic " + Base64.getEncoder().encodeToString("reader:x".getBytes(StandardCharsets.UTF_8)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(api(authorization()).statusCode()).isEqualTo(200);
        assertThat(get(stack.sink().url() + "/readyz", null).statusCode()).isEqualTo(200);
    }

    @Test
    void noSecretIsInACommandLineAConfigurationFileOrALog() throws Exception {
        var secrets = new TreeSet<String>();
        SecurityFolder security = SecurityFolder.open(folder.resolve("data").resolve("security"));
        for (String user :
                List.of("broker", "publisher", "gateway", "ingest", "worker", "sink", "trainer", "operator")) {
            secrets.add(security.password(user));
            secrets.add(security.token(user));
        }
        secrets.add(Files.readString(security.httpUserInfo()).strip().split(":", -1)[1]);

        List<String> commandLines = ProcessHandle.current()
                .descendants()
                .map(child -> child.info().commandLine().orElse(""))
                .toList();
        assertThat(commandLines).hasSizeGreaterThanOrEqualTo(5);
        for (String secret : secrets) {
            assertThat(commandLines).noneMatch(line -> line.contains(secret));
        }
        for (String place : List.of("logs", "config")) {
            try (Stream<Path> files = Files.walk(folder.resolve("data").resolve(place))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file);
                    assertThat(secrets).as(file.toString()).noneMatch(text::contains);
                }
            }
        }
        assertThat(Files.readString(folder.resolve("data/logs/worker-1.log"))).contains("sasl.jaas.config=[hidden]");
    }

    private static void write(ServiceUser user, String topic) throws Exception {
        try (var producer = new KafkaProducer<>(
                stack.connection(user).producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "key".getBytes(StandardCharsets.UTF_8), new byte[0]))
                    .get();
        }
    }

    private static void read(ServiceUser user, Topic topic) {
        try (var consumer = new KafkaConsumer<>(
                stack.connection(user).consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + LONG.toNanos();
            while (System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200));
            }
        }
    }

    /** Sends a file by STOW-RS to a gateway that has its own user's rights, and returns the status. */
    private int storeByGateway(byte[] file) throws Exception {
        var given = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(commandConfig(ServiceUser.GATEWAY)))) {
            given.load(reader);
        }
        var keys = new HashMap<>(Map.of("topics.create", "false", "dicom.port", "0"));
        given.stringPropertyNames().forEach(key -> keys.put(key, given.getProperty(key)));
        try (ServiceProcess gateway = ServiceProcess.start(folder, "gateway", "gateway-1", keys)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/dicomweb/studies"))
                    .header("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=cut")
                    .POST(HttpRequest.BodyPublishers.concat(
                            HttpRequest.BodyPublishers.ofString("--cut\r\n\r\n"),
                            HttpRequest.BodyPublishers.ofByteArray(file),
                            HttpRequest.BodyPublishers.ofString("\r\n--cut--")))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    /** Starts a service that must not become ready, and returns its log. */
    private static String endOf(String name, String role, Properties config) throws IOException {
        config.setProperty("instance.name", name);
        config.setProperty("http.port", "0");
        Path file = folder.resolve(name + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            config.store(writer, null);
        }
        Path log = folder.resolve(name + ".log");
        assertThatThrownBy(() -> ChildJvm.builder(name, Ctstream.class.getName())
                        .arguments(List.of(role, "--config", file.toString(), "--no-environment"))
                        .jvmArguments(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"))
                        .logFile(log)
                        .start(() -> false, LONG))
                .isInstanceOfSatisfying(
                        ChildStartException.class,
                        ended -> assertThat(ended.childExitCode()).hasValue(1));
        return Files.readString(log);
    }

    private static Properties config(String instance) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve("data/config").resolve(instance + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static String commandConfig(ServiceUser user) {
        return stack.commandConfig(user).orElseThrow().toString();
    }

    private static String authorization() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(stack.httpUserInfo().orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> api(@Nullable String authorization) throws Exception {
        return get(stack.sink().url() + "/api/results", authorization);
    }

    private HttpResponse<String> get(String url, @Nullable String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
