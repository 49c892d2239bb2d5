package org.ctstream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.Ctstream;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.Place;
import org.ctstream.cli.console.Json;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.deadletter.DeadLetterHeaders;
import org.ctstream.service.topic.Preparation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can prove: every scan is a result or a dead letter, and a redriven one a result, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String GROUP = "proof-workers";
    private static final String SHARE_GROUP = "proof-share";
    /** Kafka's default of group.share.delivery.count.limit. */
    private static final int DELIVERIES = 5;

    private final PhantomSlices slices = new PhantomSlices(128);

    private Path folder;
    private Path claims;
    private EmbeddedPlatform platform;
    private ServiceProcess sink;
    private String since = "";

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        claims = Files.createDirectories(temporary.resolve("claims"));
        platform = new EmbeddedPlatform(folder);
        Preparation.prepare(ServiceConfig.of("test", CommonKeys.def(0), keys(Map.of())));
        sink = ServiceProcess.start(folder, "sink", "sink-1", keys(platform.databaseKeys()));
    }

    @AfterAll
    void stop() {
        if (sink != null) {
            sink.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void now() {
        since = Instant.now().toString();
    }

    @Test
    void redrivenScansBecomeResultsOnceThoughTheRedriveWasKilledAndRunAgain() throws Exception {
        Set<String> scans = Set.copyOf(publishClaims(40));
        try (var ingest = ingest("ingest-without-root", Map.of())) {
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(recordsOf(scans, received() + ".dlt")).hasSize(40));
            assertThat(ingest.get("/readyz")).contains("ok");
        }
        JsonNode group = json(cli("dead-letters", "list", "--json", "--since", since));
        assertThat(group.path("cause").asText()).isEqualTo("outside-roots");
        assertThat(group.path("count").asLong()).isEqualTo(40);
        assertThat(group.path("remedy").asText()).contains("claim.check.roots");
        assertThat(json(verify()).path("deadLetters").asLong()).isEqualTo(40);

        killRedriveInTheMiddle(scans);
        assertThat(recordsOf(scans, received())).hasSizeBetween(41, 79);
        CliRun second = redrive("--execute", "--reason", "the root is configured now");
        CliRun third = redrive("--execute", "--reason", "once more");

        assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCodes.OK);
        assertThat(third.err()).contains("Sent back 0, refused 0");
        assertThat(recordsOf(scans, received())).hasSize(80);
        assertThat(recordsOf(scans, Topic.AUDIT_REDRIVEN.topicName()))
                .extracting(ProofIT::key)
                .containsExactlyInAnyOrderElementsOf(scans);
        assertThat(verify().exitCode()).as("neither stored nor dead letters").isEqualTo(ExitCodes.FAILURE);

        try (var ingest = ingest(
                        "ingest-with-root",
                        Map.of("claim.check.roots", claims.toUri().toString()));
                var worker = worker()) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(verify().exitCode()).isEqualTo(ExitCodes.OK));
            assertThat(ingest.get("/readyz") + worker.get("/readyz")).contains("ok");
        }
        JsonNode sums = json(verify());
        assertThat(sums.path("received").asLong()).isEqualTo(40);
        assertThat(sums.path("stored").asLong()).isEqualTo(40);
        assertThat(sums.path("deadLetters").asLong()).isZero();
        assertThat(recordsOf(scans, Topic.SCAN_CLASSIFIED.topicName()))
                .extracting(ProofIT::key)
                .containsExactlyInAnyOrderElementsOf(scans);
        tellsTheWholeWayOf(scans.iterator().next());
    }

    @Test
    void scanThatCameBackDeadThreeTimesIsRefusedUnlessForced() throws Exception {
        Set<String> scan = Set.copyOf(publishClaims(1));
        String id = scan.iterator().next();
        try (var ingest = ingest("ingest-loop", Map.of())) {
            for (int i = 1; i <= 4; i++) {
                int letters = i;
                await().atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(recordsOf(scan, received() + ".dlt")).hasSize(letters));
                CliRun run = redrive("--execute", "--reason", "hope", "--scan-id", id);
                assertThat(run.exitCode()).isEqualTo(i <= 3 ? ExitCodes.OK : ExitCodes.FAILURE);
            }
            CliRun forced = redrive("--execute", "--force", "--reason", "told to", "--scan-id", id);
            assertThat(forced.out()).contains("forced");
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(recordsOf(scan, received() + ".dlt")).hasSize(5));
            assertThat(ingest.get("/readyz")).contains("ok");
        }

        assertThat(recordsOf(scan, received() + ".dlt"))
                .extracting(ProofIT::redrives)
                .containsExactly("0", "1", "2", "3", "4");
        assertThat(audit(id).out()).contains("outcome=REFUSED", "outcome=FORCED", "reason=hope", "reason=told to");
    }

    @Test
    void recordWhoseOffsetWasSkippedIsNamedWithTheGroupThatPassedIt() throws Exception {
        try (var ingest = ingest("ingest-skip", Map.of())) {
            String lost = publish();
            Place place = normalized(lost);
            setOffset(place.topicPartition(), place.offset() + 1);
            for (int i = 0; i < 5; i++) {
                publish();
            }
            try (var worker = worker()) {
                await().atMost(LONG)
                        .untilAsserted(
                                () -> assertThat(json(verify()).path("stored").asLong())
                                        .isEqualTo(5));
                assertThat(ingest.get("/readyz") + worker.get("/readyz")).contains("ok");
            }

            CliRun run = verify();

            assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
            List<JsonNode> missing = findings(run, "missing");
            assertThat(missing).hasSize(1);
            assertThat(missing.get(0).path("scan").asText()).isEqualTo(lost);
            assertThat(missing.get(0).path("lastSeen").asText()).isEqualTo("NORMALIZED");
            assertThat(missing.get(0).path("place").asText()).isEqualTo(place.toString());
            assertThat(missing.get(0).path("whereabouts").asText()).isEqualTo("PASSED");
            assertThat(missing.get(0).path("groups").toString()).contains("group " + GROUP + " has passed it");
            assertThat(audit(lost).out()).contains("Neither stored nor a dead letter", place.toString());
        }
    }

    @Tag("long")
    @Test
    void scanThatAShareGroupArchivedInSilenceIsNamed() throws Exception {
        try (var ingest = ingest("ingest-share", Map.of())) {
            String lost = publish();
            Place place = normalized(lost);
            archive(lost, place);
            assertThat(ingest.get("/readyz")).contains("ok");

            CliRun run = verify();

            assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
            List<JsonNode> missing = findings(run, "missing").stream()
                    .filter(finding -> finding.path("scan").asText().equals(lost))
                    .toList();
            assertThat(missing).as(run.out()).hasSize(1);
            assertThat(missing.get(0).path("whereabouts").asText())
                    .as(run.out() + run.err())
                    .isEqualTo("PASSED");
            assertThat(missing.get(0).path("groups").toString())
                    .contains("share group " + SHARE_GROUP + " is done with it", "archived in silence");
        }
    }

    /** Both views of one redriven and stored scan. */
    private void tellsTheWholeWayOf(String scan) {
        CliRun text = audit(scan);
        assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCodes.OK);
        assertThat(text.out())
                .containsSubsequence(
                        "RECEIVED", "DEAD_LETTERED", "REDRIVEN", "RECEIVED", "NORMALIZED", "CLASSIFIED", "STORED")
                .contains("cause=outside-roots", "worker=proof-worker", "engine=none", "Stored, once for each of")
                .doesNotContain(claims.toString());
        JsonNode trail = json(CliRun.of(arguments(List.of("audit", scan, "--json", "--sink", sink.url()))));
        assertThat(trail.path("steps")).hasSizeGreaterThanOrEqualTo(7);
        assertThat(trail.path("readFrom").isTextual()).isTrue();
    }

    /** Until a part is sent and more are on their way. */
    private void killRedriveInTheMiddle(Set<String> scans) {
        Path log = folder.resolve("redrive.log");
        var arguments = new ArrayList<>(List.of(arguments(List.of(
                "dead-letters", "redrive", "--execute", "--rate", "5/s", "--reason", "root added", "--since", since))));
        try (ChildJvm redrive = ChildJvm.builder("redrive", Ctstream.class.getName())
                .arguments(arguments)
                .logFile(log)
                .start(() -> !recordsOf(scans, Topic.AUDIT_REDRIVEN.topicName()).isEmpty(), LONG)) {
            redrive.kill();
        }
    }

    /** As a worker does that dies at every delivery: released until the broker gives the record up. */
    private void archive(String lost, Place place) throws Exception {
        try (Admin admin = Admin.create(platform.connection().admin())) {
            var group = new ConfigResource(ConfigResource.Type.GROUP, SHARE_GROUP);
            admin.incrementalAlterConfigs(Map.of(
                            group,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            Map<String, Object> config = new HashMap<>();
            config.put("bootstrap.servers", platform.connection().bootstrapServers());
            config.put("group.id", SHARE_GROUP);
            config.put("share.acknowledgement.mode", "explicit");
            try (var consumer =
                    new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(place.topic()));
                var releases = new AtomicInteger();
                await().atMost(LONG).until(() -> {
                    poll(consumer, lost, releases);
                    return releases.get() == DELIVERIES;
                });
                // Kafka keeps the position of a share group only when something further is acknowledged.
                publish(place.partition());
                await().atMost(LONG).until(() -> {
                    poll(consumer, lost, releases);
                    var info = admin.listShareGroupOffsets(Map.of(SHARE_GROUP, new ListShareGroupOffsetsSpec()))
                            .partitionsToOffsetInfo(SHARE_GROUP)
                            .get()
                            .get(place.topicPartition());
                    return info != null && info.startOffset() > place.offset();
                });
                assertThat(releases).hasValue(DELIVERIES);
            }
        }
    }

    private static void poll(KafkaShareConsumer<byte[], byte[]> consumer, String lost, AtomicInteger releases) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            boolean isLost = key(record).equals(lost);
            consumer.acknowledge(record, isLost ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
            releases.addAndGet(isLost ? 1 : 0);
        }
        consumer.commitSync();
    }

    private void setOffset(TopicPartition partition, long offset) throws Exception {
        try (Admin admin = Admin.create(platform.connection().admin())) {
            admin.alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private ServiceProcess ingest(String instance, Map<String, String> more) throws Exception {
        var own = new HashMap<>(more);
        own.put("streams.state.dir", folder.resolve("streams").toString());
        return ServiceProcess.start(folder, "ingest", instance, keys(own));
    }

    private ServiceProcess worker() throws Exception {
        return ServiceProcess.start(
                folder,
                "worker",
                "proof-worker",
                keys(Map.of(
                        "engine",
                        "none",
                        "model.store",
                        folder.resolve("models").toString(),
                        "worker.group.id",
                        GROUP)));
    }

    private Map<String, String> keys(Map<String, String> more) {
        var keys = new HashMap<>(more);
        keys.put(CommonKeys.BOOTSTRAP_SERVERS, platform.connection().bootstrapServers());
        keys.put(CommonKeys.SCHEMA_REGISTRY_URL, platform.connection().registryUrl());
        return keys;
    }

    private CliRun verify() {
        return cli("verify", "--since", since, "--grace", "0s", "--json", "--sink", sink.url());
    }

    private CliRun audit(String scan) {
        return cli("audit", scan, "--sink", sink.url());
    }

    private CliRun redrive(String... more) {
        var command = new ArrayList<>(List.of("dead-letters", "redrive", "--since", since));
        command.addAll(List.of(more));
        return cli(command.toArray(String[]::new));
    }

    private CliRun cli(String... command) {
        return CliRun.of(arguments(List.of(command)));
    }

    private String[] arguments(List<String> command) {
        var all = new ArrayList<>(command);
        Connection to = platform.connection();
        all.addAll(List.of("--bootstrap-server", to.bootstrapServers(), "--registry", to.registryUrl()));
        return all.toArray(String[]::new);
    }

    /** The last line a command printed: the only one, or the sums. */
    private static JsonNode json(CliRun run) {
        List<String> lines = run.out().lines().toList();
        assertThat(lines).as(run.err()).isNotEmpty();
        return parse(lines.get(lines.size() - 1));
    }

    private static List<JsonNode> findings(CliRun run, String kind) {
        return run.out()
                .lines()
                .map(ProofIT::parse)
                .filter(line -> line.path("kind").asText().equals(kind))
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private Place normalized(String scan) {
        await().atMost(LONG)
                .until(() -> !recordsOf(Set.of(scan), Topic.SCAN_NORMALIZED.topicName())
                        .isEmpty());
        return Place.of(
                recordsOf(Set.of(scan), Topic.SCAN_NORMALIZED.topicName()).get(0));
    }

    private List<ConsumerRecord<byte[], byte[]>> recordsOf(Set<String> scans, String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        CommittedRecords.read(platform.connection(), List.of(topic), record -> {
            if (record.key() != null && scans.contains(key(record))) {
                records.add(record);
            }
        });
        return records;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    private static String redrives(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(DeadLetterHeaders.REDRIVES);
        return header == null ? "0" : new String(header.value(), UTF_8);
    }

    private static String received() {
        return Topic.SCAN_RECEIVED.topicName();
    }

    /** Scans under a root that ingest is not told of. */
    private List<String> publishClaims(int count) throws Exception {
        var scans = new ArrayList<ScanReceived>();
        for (int i = 0; i < count; i++) {
            byte[] png = slices.generate(i, i % 2 == 0).toPng();
            Path file = Files.write(claims.resolve(UUID.randomUUID() + ".png"), png);
            String digest = HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(png));
            scans.add(scan(new ClaimCheck(file.toUri().toString(), digest, (long) png.length)));
        }
        return send(scans);
    }

    private String publish() throws Exception {
        byte[] png = slices.generate(7, true).toPng();
        return send(List.of(scan(new InlinePayload(ByteBuffer.wrap(png))))).get(0);
    }

    /** A scan that falls into that partition. */
    private void publish(int partition) throws Exception {
        byte[] png = slices.generate(8, true).toPng();
        ScanReceived scan = scan(new InlinePayload(ByteBuffer.wrap(png)));
        int partitions = Topic.SCAN_NORMALIZED.spec().partitions();
        while (Utils.toPositive(Utils.murmur2(scan.getScanId().getBytes(UTF_8))) % partitions != partition) {
            scan.setScanId(UUID.randomUUID().toString());
        }
        send(List.of(scan));
    }

    private static ScanReceived scan(Object payload) {
        return ScanReceived.newBuilder()
                .setScanId(UUID.randomUUID().toString())
                .setSource("PROOF")
                .setPriority(Priority.ROUTINE)
                .setReceivedAt(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
                .setPayload(payload)
                .build();
    }

    private List<String> send(List<ScanReceived> scans) throws Exception {
        Serializer<ScanReceived> values =
                Serializers.valueSerializer(platform.connection().serializers());
        try (var producer = new KafkaProducer<>(platform.connection().producer(), new StringSerializer(), values)) {
            for (ScanReceived scan : scans) {
                Objects.requireNonNull(producer.send(new ProducerRecord<>(received(), scan.getScanId(), scan))
                        .get());
            }
        }
        return scans.stream().map(ScanReceived::getScanId).collect(Collectors.toList());
    }
}
