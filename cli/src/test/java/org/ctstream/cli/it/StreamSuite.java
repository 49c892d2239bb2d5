package org.ctstream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ctstream.cli.connect.CommittedRecords;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;
import org.ctstream.publisher.ScanInput;
import org.ctstream.publisher.ScanPublisher;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.claims.ClaimStores;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.config.TracingKeys;
import org.ctstream.service.deadletter.DeadLetter;
import org.ctstream.service.topic.Preparation;
import org.ctstream.service.tracing.OtlpTracing;
import org.ctstream.service.tracing.Tracing;
import org.ctstream.sink.SinkKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds on every platform. Each service is a process of its own; the engine costs nothing or a stated time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StreamSuite {
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();
    private static final String ALERTED = Topic.SCAN_ALERTED.topicName();
    private static final String DEAD_LETTERS = Topic.SCAN_RECEIVED.topicName() + Topic.DEAD_LETTER_SUFFIX;

    /** A killed worker's partitions wait for its session, and readers for its transaction. */
    private static final Duration LONG = Duration.ofMinutes(3);

    /** Between a phantom as PNG and one as DICOM, so that the latter travel by claim check. */
    private static final int CLAIM_ABOVE = 400_000;

    private static final Logger log = LoggerFactory.getLogger(StreamSuite.class);

    private final ObjectMapper json = new ObjectMapper();

    private Path folder;
    private Path claims;
    private StreamPlatform platform;
    private SpanCollector spans;
    private ServiceProcess ingest;
    private ServiceProcess sink;

    abstract StreamPlatform startPlatform(Path folder);

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        claims = Files.createDirectory(folder.resolve("claims"));
        platform = startPlatform(folder);
        spans = new SpanCollector();
        Preparation.prepare(ServiceConfig.of("test", CommonKeys.def(0), keys(Map.of())));
        ingest = ServiceProcess.start(
                folder,
                "ingest",
                "ingest-1",
                keys(Map.of(
                        "streams.state.dir", folder.resolve("streams").toString(),
                        "claim.check.roots", claims.toUri().toString())));
        var sinkKeys = new HashMap<>(platform.databaseKeys());
        sinkKeys.put(SinkKeys.LAG_INTERVAL_MS, "1000");
        sink = ServiceProcess.start(folder, "sink", "sink-1", keys(sinkKeys));
    }

    @AfterAll
    void stop() {
        if (sink != null) {
            sink.close();
        }
        if (ingest != null) {
            ingest.close();
        }
        if (platform != null) {
            platform.close();
        }
        if (spans != null) {
            spans.close();
        }
    }

    @Test
    void everyScanIsStoredOnceAndEveryBadOneIsADeadLetterThatSaysWhy() throws Exception {
        var inputs = new ArrayList<ScanInput>();
        for (int i = 0; i < 20; i++) {
            Phantom phantom = new PhantomSlices().generate(i, i % 2 == 0);
            inputs.add(input("phantom-" + i, i % 3 == 0 ? phantom.toDicom() : phantom.toPng()));
        }
        inputs.add(input("text", "this is no image".getBytes(UTF_8)));
        inputs.add(input("empty", new byte[0]));
        byte[] png = new PhantomSlices().generate(99, true).toPng();
        inputs.add(input("truncated", java.util.Arrays.copyOf(png, png.length / 2)));

        Map<String, String> scanIds;
        try (var worker = worker("worker-plain", Map.of())) {
            scanIds = publish(inputs);
            awaitStored(scanIds.values(), 20);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(deadLetters(scanIds.values())).hasSize(3));
            assertThat(worker.get("/readyz")).contains("ok");
            await().atMost(LONG)
                    .untilAsserted(() -> ScrapedMetrics.check(
                            Map.of("ingest", ingest, "inference-worker", worker, "results-sink", sink)));
        }

        assertThat(committed(CLASSIFIED, scanIds.values())).hasSize(20).doesNotHaveDuplicates();
        assertThat(claims).as("the DICOM files, by claim check").isNotEmptyDirectory();
        assertThat(deadLetters(scanIds.values()))
                .extracting(DeadLetter::scanId)
                .containsExactlyInAnyOrder(scanIds.get("text"), scanIds.get("empty"), scanIds.get("truncated"));
        assertThat(deadLetters(scanIds.values()))
                .allSatisfy(letter -> assertThat(letter.remedy()).isNotBlank());
        List<String> positives = stored(scanIds.values()).stream()
                .filter(result -> result.path("label").asText().equals("POSITIVE"))
                .map(result -> result.path("scanId").asText())
                .toList();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(committed(ALERTED, scanIds.values()))
                        .containsExactlyInAnyOrderElementsOf(positives));
        assertThat(positives).isNotEmpty();
        isOneTraceFromPublishToAlert(positives.get(0));
    }

    private void isOneTraceFromPublishToAlert(String scanId) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(spansOf(scanId).keySet())
                        .containsExactlyInAnyOrder("publish", "normalize", "classify", "store", "alert"));
        Map<String, CollectedSpan> way = spansOf(scanId);
        CollectedSpan publish = step(way, "publish");
        CollectedSpan normalize = step(way, "normalize");
        CollectedSpan classify = step(way, "classify");
        assertThat(way.values()).extracting(CollectedSpan::traceId).containsOnly(publish.traceId());
        assertThat(publish.parentId()).isEmpty();
        assertThat(normalize.parentId()).isEqualTo(publish.spanId());
        assertThat(classify.parentId()).isEqualTo(normalize.spanId());
        assertThat(step(way, "store").parentId()).isEqualTo(classify.spanId());
        assertThat(step(way, "alert").parentId()).isEqualTo(classify.spanId());
        assertThat(way.values())
                .allSatisfy(span -> assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.beginNanos()))
                .extracting(CollectedSpan::service)
                .containsExactlyInAnyOrder("publish", "ingest", "inference-worker", "results-sink", "results-sink");
        assertThat(way.values())
                .allSatisfy(span -> assertThat(span.attributes().keySet())
                        .as("nothing that would name a patient")
                        .isSubsetOf(
                                "ctstream.scan.id",
                                "ctstream.lane",
                                "ctstream.source",
                                "ctstream.result.id",
                                "ctstream.label",
                                "ctstream.model",
                                "ctstream.engine",
                                "ctstream.device"));
    }

    private static CollectedSpan step(Map<String, CollectedSpan> way, String name) {
        return Objects.requireNonNull(way.get(name), name);
    }

    /** By their names; of steps that were tried again the last. */
    private Map<String, CollectedSpan> spansOf(String scanId) {
        return spans.spans().stream()
                .filter(span -> span.scanId().equals(scanId))
                .collect(Collectors.toMap(CollectedSpan::name, span -> span, (earlier, later) -> later));
    }

    @Test
    void workerKilledInTheMiddleLosesNothingAndNothingIsStoredTwice() throws Exception {
        byte[] png = new PhantomSlices().generate(7, true).toPng();
        var inputs = new ArrayList<ScanInput>();
        for (int i = 0; i < 400; i++) {
            inputs.add(input("scan-" + i, png));
        }
        // Its share takes the victim more than a minute, so that it is in the middle of it however late the kill comes.
        Map<String, String> slow = Map.of("engine.none.scan.micros", "400000");
        Map<String, String> quick = Map.of("engine.none.scan.micros", "20000");

        Map<String, String> scanIds;
        try (var survivor = worker("worker-survivor", quick)) {
            try (var victim = worker("worker-victim", slow)) {
                await().atMost(LONG)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> GroupMembers.settled(platform.connection(), "workers") == 2);
                scanIds = publish(inputs);
                await().atMost(LONG)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> workers(scanIds.values()).contains("worker-victim"));
                victim.kill();
            }
            assertThat(stored(scanIds.values()))
                    .as("results when the victim was killed")
                    .hasSizeLessThan(400);
            awaitStored(scanIds.values(), 400);
            assertThat(survivor.get("/readyz")).contains("ok");
        }

        assertThat(committed(CLASSIFIED, scanIds.values())).hasSize(400).doesNotHaveDuplicates();
        assertThat(stored(scanIds.values()))
                .extracting(result -> result.path("scanId").asText())
                .hasSize(400)
                .doesNotHaveDuplicates();
        assertThat(workers(scanIds.values())).containsExactlyInAnyOrder("worker-survivor", "worker-victim");
    }

    /**
     * The trial at its full length: {@code -Dctstream.stat.backlog=5000}, with {@code -Dctstream.stat.delivery=queue}
     * for the other delivery mode.
     */
    @Test
    void statScanBehindABacklogOfRoutineOnesIsClassifiedNext() throws Exception {
        int backlog = Integer.getInteger("ctstream.stat.backlog", 300);
        byte[] png = new PhantomSlices().generate(11, true).toPng();
        var inputs = new ArrayList<ScanInput>();
        for (int i = 0; i < backlog; i++) {
            inputs.add(input("routine-" + i, png));
        }
        Map<String, String> slow = Map.of(
                "engine.none.scan.micros",
                "10000",
                "delivery.mode",
                System.getProperty("ctstream.stat.delivery", "exactly-once"));

        Map<String, String> routine;
        Map<String, String> urgent;
        try (var worker = worker("worker-lanes", slow)) {
            routine = publish(inputs);
            urgent = publish(List.of(input("urgent", png)), Priority.STAT);
            awaitStored(urgent.values(), 1);
            awaitStored(routine.values(), backlog);
            assertThat(worker.get("/readyz")).contains("ok");
        }

        ScanClassified first = classified(urgent.values()).get(0);
        Duration way = Duration.between(first.getReceivedAt(), first.getClassifiedAt());
        List<ScanClassified> all = classified(routine.values());
        long before = all.stream()
                .filter(result -> result.getClassifiedAt().isAfter(first.getReceivedAt())
                        && result.getClassifiedAt().isBefore(first.getClassifiedAt()))
                .count();
        long behind = all.stream()
                .filter(result -> result.getClassifiedAt().isAfter(first.getClassifiedAt()))
                .count();
        log.atInfo()
                .addKeyValue("backlog", backlog)
                .addKeyValue("fromReceiptToResultMs", way.toMillis())
                .addKeyValue("routineClassifiedMeanwhile", before)
                .addKeyValue("routineLeftBehind", behind)
                .log("A STAT scan went past the backlog");
        assertThat(committed(CLASSIFIED, routine.values())).hasSize(backlog).doesNotHaveDuplicates();
        assertThat(before)
                .as("ROUTINE scans classified while the STAT scan was on its way")
                .isLessThan(backlog / 3);
        assertThat(behind).as("ROUTINE scans it overtook").isGreaterThan(backlog / 3);
    }

    /** The results of these scans. */
    private List<ScanClassified> classified(Iterable<String> scanIds) {
        Set<String> wanted = new HashSet<>();
        scanIds.forEach(wanted::add);
        var results = new ArrayList<ScanClassified>();
        var values = Serializers.valueDeserializer(platform.connection().serializers(), ScanClassified.class);
        CommittedRecords.read(platform.connection(), List.of(CLASSIFIED), record -> {
            if (wanted.contains(new String(record.key(), UTF_8))) {
                results.add(values.deserialize(CLASSIFIED, record.value()));
            }
        });
        return results;
    }

    private ServiceProcess worker(String instance, Map<String, String> more) throws Exception {
        var own = new HashMap<>(more);
        own.put("engine", "none");
        own.put("model.store", folder.resolve("models").toString());
        own.put("worker.group.id", "workers");
        return ServiceProcess.start(folder, "worker", instance, keys(own));
    }

    private Map<String, String> keys(Map<String, String> more) {
        var keys = new HashMap<>(more);
        keys.put(CommonKeys.BOOTSTRAP_SERVERS, platform.connection().bootstrapServers());
        keys.put(CommonKeys.SCHEMA_REGISTRY_URL, platform.connection().registryUrl());
        keys.put(TracingKeys.ENDPOINT, spans.endpoint());
        return keys;
    }

    private static ScanInput input(String name, byte[] content) {
        return new ScanInput(name, content.length, null, () -> content);
    }

    /** Publishes everything and returns the scan id of each name. */
    private Map<String, String> publish(List<ScanInput> inputs) {
        return publish(inputs, Priority.ROUTINE);
    }

    private Map<String, String> publish(List<ScanInput> inputs, Priority priority) {
        var scanIds = new ConcurrentHashMap<String, String>();
        var refused = new ArrayList<Refusal>();
        var listener = new PublishListener() {
            @Override
            public void published(Receipt receipt) {
                scanIds.put(receipt.path(), receipt.scanId());
            }

            @Override
            public void refused(Refusal refusal) {
                refused.add(refusal);
            }
        };
        try (Tracing tracing = OtlpTracing.open(Map.of(TracingKeys.ENDPOINT, spans.endpoint()), "publish", "SUITE");
                ClaimStore store = ClaimStores.open(claims.toUri());
                var publisher = ScanPublisher.open(
                        platform.connection().publishTarget(),
                        PublishSettings.of("SUITE", priority),
                        new ScanPayloads(CLAIM_ABOVE, store),
                        listener,
                        tracing)) {
            inputs.forEach(publisher::publish);
            publisher.flush();
        }
        assertThat(refused).isEmpty();
        assertThat(scanIds).hasSize(inputs.size());
        return Map.copyOf(scanIds);
    }

    private void awaitStored(Collection<String> scanIds, int count) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> stored(scanIds).size() >= count);
    }

    /** Who made the stored results of these scans. */
    private Set<String> workers(Collection<String> scanIds) {
        return stored(scanIds).stream()
                .map(result -> result.path("worker").asText())
                .collect(Collectors.toSet());
    }

    /** The stored results of these scans. */
    private List<JsonNode> stored(Collection<String> scanIds) {
        Set<String> wanted = Set.copyOf(scanIds);
        return stored().stream()
                .filter(result -> wanted.contains(result.path("scanId").asText()))
                .toList();
    }

    /** Every stored result, by paging through the API. */
    private List<JsonNode> stored() {
        var results = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = parse(sink.get("/api/results?limit=500" + cursor));
            page.path("results").forEach(results::add);
            cursor = page.path("next").isTextual()
                    ? "&after=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return results;
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Keys of the committed records of these scans, one for each record. */
    private List<String> committed(String topic, Iterable<String> scanIds) {
        Set<String> wanted = new HashSet<>();
        scanIds.forEach(wanted::add);
        var keys = new ArrayList<String>();
        CommittedRecords.read(
                platform.connection(), List.of(topic), record -> keys.add(new String(record.key(), UTF_8)));
        return keys.stream().filter(wanted::contains).toList();
    }

    private List<DeadLetter> deadLetters(Iterable<String> scanIds) {
        Set<String> wanted = new HashSet<>();
        scanIds.forEach(wanted::add);
        var letters = new ArrayList<DeadLetter>();
        CommittedRecords.read(
                platform.connection(), List.of(DEAD_LETTERS), record -> letters.add(DeadLetter.read(record)));
        return letters.stream()
                .filter(letter -> wanted.contains(letter.scanId()))
                .toList();
    }
}
