package org.ctstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.deadletter.DeadLetter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on a real broker and registry, with the engine that costs nothing or a stated time. */
class InferenceWorkerIT {
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();
    private static final String DEAD_LETTERS = Topic.SCAN_NORMALIZED.topicName() + Topic.DEAD_LETTER_SUFFIX;

    @TempDir
    static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void everyScanBecomesOneResultAndEveryPoisonOneDeadLetter() throws Exception {
        cluster.publish("mixed", 400, 50);

        try (var worker = Cluster.start(cluster.workerSettings("mixed-1", "mixed"))) {
            awaitResults("mixed", 392);
            assertThat(ready(worker.worker().httpPort())).isEqualTo(200);
            assertThat(metrics(worker.worker().httpPort()))
                    .contains("ctstream_scans_total{outcome=\"classified\",service=\"inference-worker\"");
        }

        assertThat(cluster.committedScanIds(CLASSIFIED, "mixed")).hasSize(392).doesNotHaveDuplicates();
        assertThat(cluster.committedScanIds(DEAD_LETTERS, "mixed")).hasSize(8).doesNotHaveDuplicates();
        DeadLetter letter = cluster.read(DEAD_LETTERS).stream()
                .map(DeadLetter::read)
                .filter(read -> read.scanId().equals("mixed-0"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.reason()).isEqualTo("undecodable");
        assertThat(letter.topic()).isEqualTo(Topic.SCAN_NORMALIZED.topicName());
    }

    @Test
    void resultTellsEngineModelAndTimes() {
        cluster.publish("told", 1, 0);

        try (var worker = Cluster.start(cluster.workerSettings("told-1", "told"))) {
            awaitResults("told", 1);
            assertThat(worker.run()).isNotDone();
        }

        ScanClassified result = cluster.read(CLASSIFIED).stream()
                .filter(record -> new String(record.key(), UTF_8).equals("told-0"))
                .map(cluster::decode)
                .findFirst()
                .orElseThrow();
        assertThat(result.getEngine()).isEqualTo("none");
        assertThat(result.getModelTrained()).isFalse();
        assertThat(result.getWorker()).isEqualTo("told-1");
        assertThat(result.getClassifiedAt()).isAfterOrEqualTo(result.getReceivedAt());
    }

    @Test
    void workersThatComeAndGoUnderLoadLoseNothingAndRepeatNothing() {
        Map<String, String> slow = cluster.workerSettings("coming-1", "coming");
        slow.put(WorkerKeys.SIMULATED_SCAN_MICROS, "1000");
        cluster.publish("coming", 1_500, 0);

        try (var first = Cluster.start(slow)) {
            awaitAtLeast("coming", 100);
            Map<String, String> other = new HashMap<>(slow);
            other.put("instance.name", "coming-2");
            try (var second = Cluster.start(other)) {
                awaitAtLeast("coming", 500);
                first.worker().requestStop();
                awaitResults("coming", 1_500);
                assertThat(second.run()).isNotDone();
            }
        }

        assertThat(cluster.committedScanIds(CLASSIFIED, "coming"))
                .hasSize(1_500)
                .doesNotHaveDuplicates();
        assertThat(cluster.read(CLASSIFIED).stream()
                        .map(cluster::decode)
                        .filter(result -> result.getScanId().startsWith("coming-"))
                        .map(ScanClassified::getWorker)
                        .distinct())
                .containsExactlyInAnyOrder("coming-1", "coming-2");
    }

    @Test
    void sliceOfAnotherSizeIsADeadLetterAndItsBatchGoesOn() {
        cluster.publish("sized", 3, 0);
        try (var producer = cluster.producer()) {
            var serializer =
                    org.ctstream.schemas.serde.Serializers.<org.ctstream.schemas.avro.ScanNormalized>valueSerializer(
                            Map.copyOf(cluster.workerSettings("x", "x")));
            String topic = Topic.SCAN_NORMALIZED.topicName();
            var unused = producer.send(new ProducerRecord<>(
                    topic,
                    "sized-small".getBytes(UTF_8),
                    serializer.serialize(topic, Scans.normalized("sized-small", 9, 64))));
        }

        try (var worker = Cluster.start(cluster.workerSettings("sized-1", "sized"))) {
            awaitResults("sized", 3);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> cluster.committedScanIds(DEAD_LETTERS, "sized").contains("sized-small"));
            assertThat(worker.run()).isNotDone();
        }
    }

    @Test
    void recordLargerThanADeadLetterMayBeIsADeadLetterWithoutItsValueAndTheRestGoesOn() {
        cluster.publish("large", 2, 0);
        // Compressed, three megabytes of zeros fit a topic that takes one.
        var settings = Map.<String, Object>of(
                "bootstrap.servers", cluster.stack().bootstrapServers(),
                "compression.type", "gzip",
                "max.request.size", "8388608");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(
                    Topic.SCAN_NORMALIZED.topicName(), "large-junk".getBytes(UTF_8), new byte[3 << 20]));
        }

        try (var worker = Cluster.start(cluster.workerSettings("large-1", "large"))) {
            awaitResults("large", 2);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> cluster.committedScanIds(DEAD_LETTERS, "large").contains("large-junk"));
            assertThat(worker.run()).isNotDone();
        }
        DeadLetter letter = cluster.read(DEAD_LETTERS).stream()
                .map(DeadLetter::read)
                .filter(read -> read.scanId().equals("large-junk"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.omitted()).contains("left out");
        assertThat(letter.reason()).isEqualTo("undecodable");
    }

    private static void awaitResults(String prefix, int count) {
        awaitAtLeast(prefix, count);
    }

    private static void awaitAtLeast(String prefix, int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> cluster.committedScanIds(CLASSIFIED, prefix).size() >= count);
    }

    private static int ready(int port) throws Exception {
        return get(port, "/readyz").statusCode();
    }

    private static String metrics(int port) throws Exception {
        return get(port, "/metrics").body();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
