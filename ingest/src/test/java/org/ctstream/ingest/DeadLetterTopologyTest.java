package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that can never pass leaves as one dead letter, and the next good one passes. */
class DeadLetterTopologyTest {
    private static final String ID = "bad-1";

    @TempDir
    private Path root;

    static Stream<Arguments> badPayloads() {
        byte[] png = TestScans.png(1);
        return Stream.of(
                Arguments.of(
                        "text renamed .png", "Report of no. 4711\n".repeat(20).getBytes(UTF_8), "unknown-format"),
                Arguments.of("truncated PNG", TestScans.truncated(png), "truncated"),
                Arguments.of("empty payload", new byte[0], "empty"),
                Arguments.of("pixel bomb", TestScans.pixelBomb(), "too-large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPayloads")
    void undecodableImageBecomesADeadLetterOfTheDecodeStage(String name, byte[] content, String reason)
            throws Exception {
        try (var topology = TopologyHarness.with()) {
            DeadLetter letter = assertOneLetterThenProgress(topology, topology.encode(TestScans.inline(ID, content)));

            assertThat(letter.stage()).isEqualTo("decode");
            assertThat(letter.reason()).isEqualTo(reason);
            assertThat(letter.field()).isNotBlank();
        }
    }

    @Test
    void undecodableAvroBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            DeadLetter letter = assertOneLetterThenProgress(topology, "{\"scanId\": \"x\"}".getBytes(UTF_8));

            assertThat(letter.stage()).isEqualTo("deserialize");
            assertThat(letter.reason()).isEqualTo("undecodable");
        }
    }

    @Test
    void truncatedAvroBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            byte[] whole = topology.encode(TestScans.inline(ID, TestScans.png(1)));

            DeadLetter letter = assertOneLetterThenProgress(topology, Arrays.copyOf(whole, whole.length - 40));

            assertThat(letter.reason()).isEqualTo("undecodable");
        }
    }

    @Test
    void recordOfAnotherTypeBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            topology.send(TestScans.inline("good-0", TestScans.png(0)));
            var normalized = topology.normalized().get(0);

            DeadLetter letter = assertOneLetterThenProgress(topology, topology.encode(normalized));

            assertThat(letter.stage()).isEqualTo("deserialize");
            assertThat(letter.message()).contains("ScanNormalized");
        }
    }

    @Test
    void recordWithoutAValueBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            assertThat(assertOneLetterThenProgress(topology, null).reason()).isEqualTo("empty-value");
        }
    }

    @Test
    void claimCheckOutsideTheRootsBecomesADeadLetterWithoutBeingOpened() throws Exception {
        byte[] png = TestScans.png(1);
        Path outside = Files.write(root.resolve("outside.png"), png);
        Path inside = Files.createDirectory(root.resolve("scans"));
        try (var topology = rootedAt(inside)) {
            DeadLetter letter = assertOneLetterThenProgress(
                    topology,
                    topology.encode(TestScans.claim(ID, outside.toUri().toString(), png)));

            assertThat(letter.stage()).isEqualTo("fetch");
            assertThat(letter.reason()).isEqualTo("outside-roots");
            assertThat(letter.message()).doesNotContain("outside.png");
        }
    }

    @Test
    void claimCheckWithAnotherDigestBecomesADeadLetter() throws Exception {
        byte[] png = TestScans.png(1);
        Path file = Files.write(root.resolve("scan.png"), png);
        String other = TestScans.sha256(TestScans.png(2));
        try (var topology = rootedAt(root)) {
            ScanReceived lying = TestScans.claim(ID, file.toUri().toString(), other, png.length);

            DeadLetter letter = assertOneLetterThenProgress(topology, topology.encode(lying));

            assertThat(letter.reason()).isEqualTo("digest-mismatch");
            assertThat(letter.message()).contains(other).contains(TestScans.sha256(png));
        }
    }

    @Test
    void claimCheckUnderARootIsNormalized() throws Exception {
        byte[] png = TestScans.png(1);
        Path file = Files.write(root.resolve("scan 1.png"), png);
        try (var topology = rootedAt(root)) {
            topology.send(TestScans.claim("scan-1", file.toUri().toString(), png));

            assertThat(topology.normalized())
                    .singleElement()
                    .satisfies(scan -> assertThat(scan.getSourceDigest()).isEqualTo(TestScans.sha256(png)));
        }
    }

    @Test
    void keyThatIsNotTheScanIdBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            byte[] value = topology.encode(TestScans.inline("another", TestScans.png(1)));

            DeadLetter letter = assertOneLetterThenProgress(topology, value);

            assertThat(letter.reason()).isEqualTo("bad-scan-id");
            assertThat(letter.field()).isEqualTo("key");
        }
    }

    @Test
    void recordWithoutAKeyBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            topology.send(null, topology.encode(TestScans.inline("scan-1", TestScans.png(1))), new RecordHeaders());

            assertThat(topology.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isNull();
                assertThat(TopologyHarness.read(letter).reason()).isEqualTo("bad-scan-id");
            });
        }
    }

    static Stream<Arguments> longTexts() {
        String text = "Doe".repeat(1 << 20);
        return Stream.of(
                Arguments.of("source", (Consumer<ScanReceived>) scan -> scan.setSource(text)),
                Arguments.of("studyUid", (Consumer<ScanReceived>) scan -> scan.setStudyUid(text)),
                Arguments.of("seriesUid", (Consumer<ScanReceived>) scan -> scan.setSeriesUid(text)),
                Arguments.of("instanceUid", (Consumer<ScanReceived>) scan -> scan.setInstanceUid(text)),
                Arguments.of("patientRef", (Consumer<ScanReceived>) scan -> scan.setPatientRef(text)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longTexts")
    void textThatNoNormalizedScanCouldCarryBecomesADeadLetterThatDoesNotRepeatIt(
            String field, Consumer<ScanReceived> change) throws Exception {
        try (var topology = TopologyHarness.with()) {
            ScanReceived scan = TestScans.inline(ID, TestScans.png(1));
            change.accept(scan);

            DeadLetter letter = assertOneLetterThenProgress(topology, topology.encode(scan));

            assertThat(letter.reason()).isEqualTo("text-too-long");
            assertThat(letter.field()).isEqualTo(field);
            assertThat(letter.message()).doesNotContain("Doe");
        }
    }

    @Test
    void longestAllowedTextPasses() throws Exception {
        try (var topology = TopologyHarness.with()) {
            ScanReceived scan = TestScans.inline("scan-1", TestScans.png(1));
            scan.setSource("x".repeat(256));

            topology.send(scan);

            assertThat(topology.normalized()).hasSize(1);
        }
    }

    @Test
    void recordThatIsLargerUncompressedThanAnyDeadLetterBecomesOneWithoutItsValue() throws Exception {
        byte[] value = new byte[18 << 20];
        try (var topology = TopologyHarness.with()) {
            topology.send(ID, value, new RecordHeaders());
            topology.send(TestScans.inline("good-1", TestScans.png(5)));

            TestRecord<byte[], byte[]> record = only(topology.deadLetters());
            assertThat(record.key()).isEqualTo(ID.getBytes(UTF_8));
            assertThat(record.value()).isNull();
            DeadLetter letter = TopologyHarness.read(record);
            assertThat(letter.reason()).isEqualTo("undecodable");
            assertThat(letter.omitted()).contains(Integer.toString(value.length));
            assertThat(topology.normalized()).hasSize(1);
        }
    }

    @Test
    void blankSourceBecomesADeadLetter() throws Exception {
        try (var topology = TopologyHarness.with()) {
            ScanReceived scan = TestScans.inline(ID, TestScans.png(1));
            scan.setSource(" ");

            DeadLetter letter = assertOneLetterThenProgress(topology, topology.encode(scan));

            assertThat(letter.reason()).isEqualTo("blank-source");
        }
    }

    @ParameterizedTest
    @MethodSource("badScanIds")
    void scanIdThatIsNoIdentifierBecomesADeadLetterThatDoesNotRepeatIt(String scanId) throws Exception {
        try (var topology = TopologyHarness.with()) {
            topology.send(TestScans.inline(scanId, TestScans.png(1)));

            DeadLetter letter = TopologyHarness.read(only(topology.deadLetters()));
            assertThat(letter.reason()).isEqualTo("bad-scan-id");
            assertThat(letter.message()).doesNotContain("Doe");
            assertThat(topology.normalizedRecords()).isEmpty();
        }
    }

    static List<String> badScanIds() {
        return List.of("", " ", "Doe^Jane", "Doe\nlevel=ERROR", "Doe/../x", "x".repeat(201));
    }

    /** Sends the bad value under {@link #ID}, then a good scan. */
    private static DeadLetter assertOneLetterThenProgress(TopologyHarness topology, byte @Nullable [] value) {
        Headers headers = new RecordHeaders().add("origin", "pacs-1".getBytes(UTF_8));

        topology.send(ID, value, headers);
        topology.send(TestScans.inline("good-1", TestScans.png(5)));

        TestRecord<byte[], byte[]> letter = only(topology.deadLetters());
        assertThat(letter.key()).isEqualTo(ID.getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().lastHeader("origin").value()).isEqualTo("pacs-1".getBytes(UTF_8));
        assertThat(topology.normalized())
                .singleElement()
                .satisfies(scan -> assertThat(scan.getScanId()).isEqualTo("good-1"));
        DeadLetter read = TopologyHarness.read(letter);
        assertThat(read.topic()).isEqualTo("ct.scan.received");
        assertThat(read.remedy()).isNotBlank();
        assertThat(topology.metrics.scrape())
                .contains("ctstream_dead_letters_total{reason=\"" + read.reason() + "\",service=\"ingest\",stage=\""
                        + read.stage() + "\"} 1.0")
                .contains("ctstream_scans_total{outcome=\"dead-lettered\",service=\"ingest\",stage=\"" + read.stage()
                        + "\"} 1.0");
        return read;
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static TopologyHarness rootedAt(Path folder) {
        URI uri = folder.toUri();
        return TopologyHarness.with(IngestKeys.CLAIM_CHECK_ROOTS, uri.toString());
    }
}
