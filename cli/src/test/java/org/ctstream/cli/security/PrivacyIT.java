package org.ctstream.cli.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.RoleProcess;
import org.ctstream.cli.stack.StackSettings;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.imaging.privacy.ScanCleaner;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishes scans full of one person's identifiers to a whole stream and looks for them everywhere afterwards.
 *
 * <p>{@code ctstream publish} takes them out, so what it sends is nowhere. Somebody else's publisher may not: what it
 * sends stays where it put it, on {@code ct.scan.received} and, if it cannot be decoded, byte for byte in its dead letter,
 * and goes nowhere else.
 */
class PrivacyIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String KEY = "a pseudonym key of this test";
    private static final String FOREIGN_GOOD = "foreign-good";
    private static final String FOREIGN_BAD = "foreign-bad";

    private final Traces traces = new Traces(NamedScans.WORDS);
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void nothingThatIdentifiesAPatientGoesThroughTheStream(@TempDir Path folder) throws Exception {
        Path scans = writeScans(folder.resolve("scans").resolve(NamedScans.ACCESSION));
        Path key = Files.writeString(folder.resolve("key"), KEY);
        Path data = folder.resolve("data");
        CliRun publish;
        List<String> results;
        try (var stack = LocalStack.start(
                new StackSettings(data, 0, 0, 0, 1, "none", Optional.empty(), Map.of()), new NoListener())) {
            publish = CliRun.of(
                    "publish",
                    "--bootstrap-server",
                    stack.connection().bootstrapServers(),
                    "--registry",
                    stack.connection().registryUrl(),
                    "--pseudonym-key-file",
                    key.toString(),
                    "--receipts",
                    folder.resolve("receipts.jsonl").toString(),
                    scans.toString());
            publishAsSomebodyElse(stack, FOREIGN_GOOD, NamedScans.dicom(3));
            publishAsSomebodyElse(stack, FOREIGN_BAD, Arrays.copyOf(NamedScans.dicom(4), 700));
            results = awaitResultsAndDeadLetter(stack);

            lookThroughTopics(stack);
            lookThroughHttp(stack, results);
        }

        // The cut file is refused, with its name, on the publisher's own screen; the others are sent.
        assertThat(publish.exitCode()).as(publish.err()).isEqualTo(1);
        assertThat(publish.err()).contains("Published 2 of 3").contains("--keep-header");
        lookThroughDatabase(data);
        lookThroughFiles(data.resolve("logs"));
        lookThroughFiles(data.resolve("config"));
        lookThroughFiles(data.resolve("database"));
        lookThroughFiles(data.resolve("registry"));
        assertThat(results).anyMatch(result -> result.contains(studyPseudonym()));
    }

    /** What ingest would have made of the same file with the same key. */
    private static String studyPseudonym() {
        try {
            String study = new ScanCleaner(DecodeLimits.DEFAULTS)
                    .clean(NamedScans.dicom(1))
                    .identity()
                    .flatMap(DicomIdentity::studyInstanceUid)
                    .orElseThrow();
            return Pseudonyms.keyed(KEY.getBytes(UTF_8)).uid(study).orElseThrow();
        } catch (ScanDecodeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path writeScans(Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = "Quixworth_Zebediah_" + NamedScans.BIRTH_DATE + "_" + NamedScans.PATIENT_ID;
        Files.write(folder.resolve(name + ".dcm"), NamedScans.dicom(1));
        Files.write(folder.resolve(name + ".png"), NamedScans.png(2));
        byte[] whole = NamedScans.dicom(5);
        Files.write(folder.resolve(name + "-cut.dcm"), Arrays.copyOf(whole, 700));
        return folder;
    }

    /** A publisher that takes nothing out and puts identifiers into the record's attributes, against its schema's word. */
    private static void publishAsSomebodyElse(LocalStack stack, String scanId, byte[] content) throws Exception {
        ScanReceived scan = ScanReceived.newBuilder()
                .setScanId(scanId)
                .setSource("ELSEWHERE")
                .setReceivedAt(Instant.now())
                .setPayload(new InlinePayload(ByteBuffer.wrap(content)))
                .setAttributes(Map.of(
                        "name", NamedScans.NAME,
                        "id", NamedScans.PATIENT_ID,
                        "born", NamedScans.BIRTH_DATE,
                        "accession", NamedScans.ACCESSION))
                .build();
        Serializer<ScanReceived> values =
                Serializers.valueSerializer(stack.publisher().serializers());
        try (var producer = new KafkaProducer<>(stack.publisher().producer(), new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(Topic.SCAN_RECEIVED.topicName(), scanId, scan))
                    .get();
        }
    }

    /** The answers about every stored scan, two each: two scans are ours, one is somebody else's. */
    private List<String> awaitResultsAndDeadLetter(LocalStack stack) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> json.readTree(get(stack, "/api/results"))
                                        .path("results")
                                        .size()
                                == 3
                        && records(stack, Set.of(deadLetters())).size() == 1);
        var answers = new ArrayList<String>();
        for (JsonNode result : read(get(stack, "/api/results")).path("results")) {
            String scanId = result.path("scanId").asText();
            answers.add(get(stack, "/api/results/" + scanId));
            answers.add(get(stack, "/api/scans/" + scanId));
        }
        return answers;
    }

    private void lookThroughTopics(LocalStack stack) {
        Set<String> topics = topics(stack);
        assertThat(topics).contains("__consumer_offsets", "__transaction_state", Topic.SCAN_CLASSIFIED.topicName());
        int foreign = 0;
        for (ConsumerRecord<byte[], byte[]> record : records(stack, topics)) {
            var outside = new ArrayList<String>();
            if (record.key() != null) {
                outside.addAll(traces.in(record.key()));
            }
            record.headers().forEach(header -> {
                if (header.value() != null) {
                    outside.addAll(traces.in(header.value()));
                }
                outside.addAll(traces.in(header.key()));
            });
            assertThat(outside).as("key and headers on " + record.topic()).isEmpty();
            if (isForeign(record)) {
                foreign++;
            } else if (record.value() != null) {
                assertThat(traces.in(record.value()))
                        .as("value on " + record.topic() + " at " + record.offset())
                        .isEmpty();
            }
        }
        assertThat(foreign)
                .as("somebody else's two records, and the dead letter of one")
                .isEqualTo(3);
    }

    /** What somebody else's publisher sent, where it sent it, and the bytes of its dead letter. */
    private static boolean isForeign(ConsumerRecord<byte[], byte[]> record) {
        return Set.of(Topic.SCAN_RECEIVED.topicName(), deadLetters()).contains(record.topic())
                && Set.of(FOREIGN_GOOD, FOREIGN_BAD).contains(new String(record.key(), UTF_8));
    }

    private static String deadLetters() {
        return Topic.SCAN_RECEIVED.deadLetter().orElseThrow().name();
    }

    private static Set<String> topics(LocalStack stack) {
        try (var calls = new AdminCalls(stack.connection())) {
            return new TreeSet<>(calls.get(
                    "list topics",
                    calls.admin()
                            .listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                            .names()));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(LocalStack stack, Set<String> topics) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        CommittedRecords.read(stack.connection(), topics, records::add);
        return records;
    }

    private void lookThroughHttp(LocalStack stack, List<String> results) {
        for (String path : List.of(
                "/",
                "/js/app.js",
                "/api/results",
                "/api/stats",
                "/api/worklist",
                "/api/worklist/choices",
                "/api/system/stream",
                "/api/system/lag",
                "/api/system/dead-letters",
                "/api/system/models",
                "/readyz",
                "/livez")) {
            assertThat(traces.in(get(stack, path))).as(path).isEmpty();
        }
        for (String result : results) {
            assertThat(traces.in(result)).as("a result").isEmpty();
        }
        for (RoleProcess role : stack.roles()) {
            String metrics = get(role.url() + "/metrics");
            assertThat(metrics).contains("ctstream_");
            assertThat(traces.in(metrics)).as("metrics of " + role.name()).isEmpty();
            assertThat(traces.in(get(role.url() + "/readyz"))).as(role.name()).isEmpty();
        }
    }

    private void lookThroughDatabase(Path data) throws Exception {
        String url = "jdbc:h2:file:" + data.resolve("database").resolve("ctstream") + ";IFEXISTS=TRUE;MODE=PostgreSQL"
                + ";DATABASE_TO_LOWER=TRUE";
        var script = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url, "", "");
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT")) {
            while (lines.next()) {
                script.append(lines.getString(1)).append('\n');
            }
        }
        assertThat(script).contains("INSERT INTO").contains(FOREIGN_GOOD);
        assertThat(traces.in(script.toString())).as("tables").isEmpty();
    }

    private void lookThroughFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                assertThat(traces.in(Files.readAllBytes(file)))
                        .as(file.toString())
                        .isEmpty();
                assertThat(traces.in(String.valueOf(file.getFileName()))).isEmpty();
            }
        }
    }

    private String get(LocalStack stack, String path) {
        return get(stack.sink().url() + path);
    }

    private String get(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException("No answer from " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
