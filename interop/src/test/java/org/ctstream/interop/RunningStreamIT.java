package org.ctstream.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.ctstream.cli.Ctstream;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.registry.SchemaText;
import org.ctstream.schemas.serde.TrustedRecords;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client with Confluent's own serializers joins {@code ctstream up}: the scan it publishes becomes a stored result, and
 * it reads that result.
 */
class RunningStreamIT {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static int kafkaPort;
    private static int registryPort;
    private static int httpPort;
    private static ChildJvm up;

    @BeforeAll
    static void start() {
        TrustedRecords.trust();
        kafkaPort = Ports.free(LOOPBACK, 0);
        registryPort = Ports.free(LOOPBACK, kafkaPort);
        httpPort = Ports.free(LOOPBACK, registryPort);
        up = ChildJvm.builder("up", Ctstream.class.getName())
                .arguments(List.of(
                        "up",
                        "--kafka-port",
                        Integer.toString(kafkaPort),
                        "--registry-port",
                        Integer.toString(registryPort),
                        "--http-port",
                        Integer.toString(httpPort),
                        "--engine",
                        "none",
                        "--data-dir",
                        directory.resolve("data").toString()))
                .logFile(directory.resolve("up.log"))
                .start(() -> get("/readyz").statusCode() == 200, START);
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.stop(Duration.ofSeconds(30));
        }
    }

    @Test
    void scanOfAConfluentClientBecomesAResultThatItReads() throws Exception {
        String scanId = "confluent-client-1";
        Path schema =
                Files.writeString(directory.resolve("received.avsc"), SchemaText.of(Topic.SCAN_RECEIVED.schema()));
        Path value = Files.writeString(directory.resolve("received.json"), json(scan(scanId)));
        var peer = new PeerProcess(
                LOOPBACK + ":" + kafkaPort, "http://" + LOOPBACK + ":" + registryPort + "/apis/ccompat/v7", directory);

        peer.run(
                "produce",
                "--topic",
                Topic.SCAN_RECEIVED.topicName(),
                "--schema",
                schema.toString(),
                "--value",
                "@" + value,
                "--key",
                scanId,
                "--auto.register.schemas",
                "false");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/api/results/" + scanId).statusCode() == 200);
        List<String> read =
                peer.run("consume", "--topic", Topic.SCAN_CLASSIFIED.topicName(), "--count", "1", "--timeout", "30");
        assertThat(read).singleElement().asString().contains(scanId).contains("modelDigest");
    }

    private static ScanReceived scan(String scanId) {
        return ScanReceived.newBuilder()
                .setScanId(scanId)
                .setSource("CONFLUENT-CLIENT")
                .setReceivedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
                .setPayload(new InlinePayload(
                        ByteBuffer.wrap(new PhantomSlices().generate(1, true).toPng())))
                .build();
    }

    private static String json(ScanReceived scan) throws IOException {
        var out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(scan.getSchema(), out);
        new SpecificDatumWriter<ScanReceived>(scan.getSchema()).write(scan, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + httpPort + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
