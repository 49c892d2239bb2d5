package org.ctstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases promoted, rolled back and broken while a worker classifies a stream of scans, on a real broker. */
class HotSwapIT {
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static Cluster cluster;
    private static ModelStore store;
    private static ReleaseAnnouncer announcer;

    @BeforeAll
    static void start() {
        cluster = new Cluster(folder);
        store = cluster.models();
        announcer = cluster.announcer();
    }

    @AfterAll
    static void stop() {
        announcer.close();
        cluster.close();
    }

    /** The topic is everybody's: what one test promoted must not be another's production. */
    @AfterEach
    void retireAll() {
        for (AnnouncedRelease release : cluster.releases().read().inProduction()) {
            announcer.restage(release, ModelStage.RETIRED);
        }
    }

    @Test
    void everyScanOfAStreamHasOneResultWhileReleasesArePromotedRolledBackAndBroken() throws Exception {
        StoredRelease first = TestModels.hollow(store, "load-1");
        StoredRelease second = TestModels.hollow(store, "load-2");
        StoredRelease broken = TestModels.hollow(store, "load-3");
        Files.write(broken.weights(), new byte[] {1, 2, 3});
        promote(first);
        Map<String, String> settings = settings("load");
        settings.put(WorkerKeys.SIMULATED_BATCH_MICROS, "2000");

        int published;
        try (var worker = Cluster.start(settings)) {
            int port = worker.worker().httpPort();
            try (var stream = new ScanStream(cluster, "load", 25)) {
                awaitResultsOf("load", List.of("load-1"));
                promote(second);
                awaitResultsOf("load", List.of("load-1", "load-2"));
                promote(broken);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(metrics(port))
                                .contains("ctstream_model_swap_failures_total{reason=\"corrupt\"", "} 1.0"));
                assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
                assertThat(get(port, "/readyz").body())
                        .contains("net:load-3 cannot be served (corrupt)", "serving net:load-2");
                int soFar = stream.published();
                await().atMost(PATIENCE).until(() -> stream.published() > soFar + 200);
                promote(first);
                awaitResultsOf("load", List.of("load-1", "load-2", "load-1"));
                stream.close();
                published = stream.published();
            }
            await().atMost(PATIENCE)
                    .until(() -> cluster.committedScanIds(CLASSIFIED, "load").size() >= published);
            assertThat(get(port, "/readyz").body())
                    .contains("serving net:load-1")
                    .doesNotContain("load-3");
            assertThat(metrics(port)).contains("ctstream_model_swaps_total{service=\"inference-worker\"} 2.0");
            assertThat(metrics(port)).containsPattern("ctstream_model_info\\{.*version=\"load-1\".*} 1");
            assertThat(metrics(port)).doesNotContain("version=\"load-2\"");
            assertThat(worker.run()).isNotDone();
        }

        assertThat(cluster.committedScanIds(CLASSIFIED, "load"))
                .hasSize(published)
                .doesNotHaveDuplicates();
        Map<Integer, List<String>> served = servedByPartition("load");
        assertThat(served.values())
                .allSatisfy(versions -> assertThat(versions).isEqualTo(List.of("load-1", "load-2", "load-1")));
    }

    @Test
    void releaseThatPyTorchCannotServeLeavesTheOneThatCanInPlace() throws Exception {
        promote(TestModels.smallCnn(store, "torch-1", 1));
        Map<String, String> settings = settings("torch");
        settings.put(WorkerKeys.ENGINE, "pytorch");
        settings.put(WorkerKeys.ENGINE_THREADS, "1");
        int published;
        try (var worker = Cluster.start(settings)) {
            int port = worker.worker().httpPort();
            try (var stream = new ScanStream(cluster, "torch", 4)) {
                awaitResultOf("torch", "torch-1");
                promote(TestModels.hollow(store, "torch-2", "warp-net", Scans.SIDE));
                awaitNote(port, "torch-2 cannot be served (network)");
                promote(TestModels.hollow(store, "torch-3"));
                awaitNote(port, "torch-3 cannot be served (network)");
                promote(TestModels.hollow(store, "torch-4", "small-cnn", 64));
                awaitNote(port, "torch-4 cannot be served (geometry)");
                promote(TestModels.smallCnnOfNaN(store, "torch-5"));
                awaitNote(port, "torch-5 cannot be served (output)");
                promote(TestModels.smallCnn(store, "torch-6", 6));
                awaitResultOf("torch", "torch-6");
                stream.close();
                published = stream.published();
            }
            await().atMost(PATIENCE)
                    .until(() -> cluster.committedScanIds(CLASSIFIED, "torch").size() >= published);
            assertThat(worker.run()).isNotDone();
        }

        assertThat(cluster.committedScanIds(CLASSIFIED, "torch"))
                .hasSize(published)
                .doesNotHaveDuplicates();
        assertThat(servedByPartition("torch").values())
                .allSatisfy(
                        versions -> assertThat(List.of("torch-1", "torch-6")).containsSubsequence(versions));
        assertThat(results("torch").stream().map(ScanClassified::getModelDigest).distinct())
                .hasSize(2);
    }

    @Test
    void everyClassifierThatWasReplacedIsClosedAfterManySwaps() throws Exception {
        var engines = new CountedEngines();
        promote(TestModels.smallCnn(store, "many-0", 0));
        Map<String, String> settings = settings("many");
        settings.put(WorkerKeys.ENGINE, "pytorch");
        settings.put(WorkerKeys.ENGINE_THREADS, "1");
        int swaps = 24;
        try (var worker = Cluster.start(settings, engines.engines())) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:many-0");
            for (int i = 1; i <= swaps; i++) {
                promote(TestModels.smallCnn(store, "many-" + i, i));
                awaitNote(port, "serving net:many-" + i + " ");
                await().atMost(PATIENCE).until(() -> engines.open() == 1);
            }
            assertThat(engines.opened()).isEqualTo(swaps + 1);
            assertThat(engines.mostOpen()).isEqualTo(2);
            assertThat(metrics(port)).contains("ctstream_model_swaps_total{service=\"inference-worker\"} 24.0");
        }
        assertThat(engines.open()).isZero();
    }

    @Test
    void releaseThatComesIntoTheStoreAfterItsPromotionIsServedThen() throws Exception {
        promote(TestModels.hollow(store, "late-1"));
        var elsewhere = new ModelStore(folder.resolve("elsewhere"));
        StoredRelease late = TestModels.hollow(elsewhere, "late-2");
        try (var worker = Cluster.start(settings("late"))) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:late-1");

            promote(late);
            awaitNote(port, "net:late-2 cannot be served (absent)");
            assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
            store.add(ReleaseSource.folder(late.folder()));

            awaitNote(port, "serving net:late-2");
            assertThat(get(port, "/readyz").body()).doesNotContain("cannot be served");
        }
    }

    @Test
    void weightsOtherThanThoseAnnouncedAreNotServedHoweverOftenTheyAreLookedAt() throws Exception {
        promote(TestModels.hollow(store, "other-1"));
        StoredRelease announced =
                TestModels.hollow(new ModelStore(folder.resolve("others")), "other-2", "warp-net", 224);
        TestModels.smallCnn(store, "other-2", 2);
        try (var worker = Cluster.start(settings("other"))) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:other-1");

            promote(announced);

            awaitNote(port, "net:other-2 cannot be served (digest)");
            awaitNote(port, "SHA-256 expected " + announced.release().sha256());
        }
    }

    @Test
    void workerThatStartsWhileTheNewestReleaseIsBrokenTakesTheOneBefore() throws Exception {
        StoredRelease good = TestModels.hollow(store, "start-1");
        StoredRelease broken = TestModels.hollow(store, "start-2");
        Files.write(broken.weights(), new byte[] {1});
        promote(good);
        promote(broken);
        try (var worker = Cluster.start(settings("start"))) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:start-1");
            awaitNote(port, "net:start-2 cannot be served (corrupt)");
            await().atMost(PATIENCE).until(() -> get(port, "/readyz").statusCode() == 200);
        }
    }

    @Test
    void workerThatStartsPassesOverReleasesThatARunningOneRefusesAndTakesTheNextThatFits() throws Exception {
        promote(TestModels.smallCnn(store, "fit-1", 1));
        promote(TestModels.hollow(store, "fit-2", "small-cnn", 64));
        promote(TestModels.smallCnnOfNaN(store, "fit-3"));
        Map<String, String> settings = settings("fit");
        settings.put(WorkerKeys.ENGINE, "pytorch");
        settings.put(WorkerKeys.ENGINE_THREADS, "1");
        try (var worker = Cluster.start(settings)) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:fit-1");
            assertThat(metrics(port))
                    .containsPattern("ctstream_model_swap_failures_total\\{reason=\"geometry\".*} 1.0")
                    .containsPattern("ctstream_model_swap_failures_total\\{reason=\"output\".*} 1.0");

            promote(TestModels.smallCnn(store, "fit-4", 4));

            awaitNote(port, "serving net:fit-4");
        }
    }

    @Test
    void pinnedReleaseForSlicesOfAnotherSizeStopsTheStart() throws Exception {
        TestModels.hollow(store, "narrow-1", "small-cnn", 64);
        Map<String, String> settings = settings("narrow");
        settings.put(WorkerKeys.MODEL_NAME, "net");
        settings.put(WorkerKeys.MODEL_VERSION, "narrow-1");
        InferenceWorker worker =
                InferenceWorker.create(ServiceConfig.of("worker", WorkerKeys.def(), settings), Engines.standard());
        try {
            assertThatThrownBy(worker::run)
                    .isInstanceOf(FatalStageException.class)
                    .hasMessageContaining("64 x 64, expected 224 x 224");
        } finally {
            worker.close();
        }
    }

    @Test
    void errorWhileAReleaseIsOpenedLeavesTheWorkerTakingLaterOnes() throws Exception {
        var engines = new Engines(Map.of("none", (release, options) -> {
            if (release.release().version().equals("error-2")) {
                throw new ExceptionInInitializerError("no such class of the network");
            }
            return Engines.standard().named("none").open(release, options);
        }));
        promote(TestModels.hollow(store, "error-1"));
        try (var worker = Cluster.start(settings("error"), engines)) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:error-1");
            promote(TestModels.hollow(store, "error-2"));
            awaitNote(port, "net:error-2 cannot be served (network)");

            promote(TestModels.hollow(store, "error-3"));

            awaitNote(port, "serving net:error-3");
        }
    }

    @Test
    void retiredReleaseIsLeftForTheNewestOneThatCanBeServed() throws Exception {
        StoredRelease broken = TestModels.hollow(store, "retire-3");
        Files.write(broken.weights(), new byte[] {1});
        promote(TestModels.hollow(store, "retire-1"));
        promote(TestModels.hollow(store, "retire-2"));
        try (var worker = Cluster.start(settings("retire"))) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:retire-2");
            promote(broken);
            awaitNote(port, "net:retire-3 cannot be served (corrupt)");
            assertThat(get(port, "/readyz").body()).contains("serving net:retire-2");

            retire("retire-2");

            awaitNote(port, "serving net:retire-1");
            assertThat(get(port, "/readyz").body()).contains("net:retire-3 cannot be served (corrupt)");

            retire("retire-1");

            awaitNote(port, "kept, because no release in production can be served");
            assertThat(get(port, "/readyz").body()).contains("serving net:retire-1");
        }
    }

    @Test
    void workerWaitsUnreadyWhileNoReleaseInProductionCanBeServedAndHealsWhenOneCan() throws Exception {
        StoredRelease broken = TestModels.hollow(store, "heal-1");
        Files.write(broken.weights(), new byte[] {1});
        promote(broken);
        try (var worker = Cluster.start(settings("heal"))) {
            int port = worker.worker().httpPort();
            await().atMost(PATIENCE)
                    .until(() -> get(port, "/readyz").body().contains("no release in production can be served"));
            assertThat(get(port, "/readyz").statusCode()).isEqualTo(503);

            promote(TestModels.hollow(store, "heal-2"));

            awaitNote(port, "serving net:heal-2");
            await().atMost(PATIENCE).until(() -> get(port, "/readyz").statusCode() == 200);
        }
    }

    @Test
    void pinnedWorkerServesItsReleaseWhateverIsPromotedAndSaysSo() throws Exception {
        TestModels.hollow(store, "pin-1");
        promote(TestModels.hollow(store, "pin-2"));
        Map<String, String> settings = settings("pin");
        settings.put(WorkerKeys.MODEL_NAME, "net");
        settings.put(WorkerKeys.MODEL_VERSION, "pin-1");
        cluster.publish("pin", 20, 0);
        try (var worker = Cluster.start(settings)) {
            awaitNote(worker.worker().httpPort(), "serving net:pin-1");
            awaitNote(worker.worker().httpPort(), "pinned");
            awaitResultOf("pin", "pin-1");
        }
        assertThat(results("pin")).extracting(ScanClassified::getModelVersion).containsOnly("pin-1");
    }

    @Test
    void workerKeepsWhatItHasWhenTheLastReleaseIsRetired() throws Exception {
        StoredRelease last = TestModels.hollow(store, "last-1");
        promote(last);
        try (var worker = Cluster.start(settings("last"))) {
            int port = worker.worker().httpPort();
            awaitNote(port, "serving net:last-1");

            retireAll();

            awaitNote(port, "no release is in production; keeps what it has");
            assertThat(get(port, "/readyz").body()).contains("serving net:last-1");
            assertThat(worker.run()).isNotDone();

            promote(last);

            awaitNote(port, "the newest release in production");
        }
    }

    /** Of a worker that leaves the scans of other tests alone. */
    private static Map<String, String> settings(String group) throws Exception {
        cluster.passOver(group);
        return cluster.workerSettings(group + "-worker", group);
    }

    private static void promote(StoredRelease release) {
        announcer.announce(release.release(), ModelStage.PRODUCTION, store.root());
    }

    private static void retire(String version) {
        announcer.restage(
                cluster.releases().read().find(new ReleaseId("net", version)).orElseThrow(), ModelStage.RETIRED);
    }

    /** These versions, in this order, on each partition. */
    private static void awaitResultsOf(String prefix, List<String> versions) {
        int partitions = Topic.SCAN_CLASSIFIED.spec().partitions();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(servedByPartition(prefix).values())
                        .hasSize(partitions)
                        .allMatch(versions::equals));
    }

    private static void awaitResultOf(String prefix, String version) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> results(prefix).stream()
                        .anyMatch(result -> result.getModelVersion().equals(version)));
    }

    private static void awaitNote(int port, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(port, "/readyz").body()).contains(text));
    }

    private static List<ScanClassified> results(String prefix) {
        return ofPrefix(prefix).stream().map(cluster::decode).toList();
    }

    /** Versions of the results of each partition in their order, a run of the same one once. */
    private static Map<Integer, List<String>> servedByPartition(String prefix) {
        Map<Integer, List<String>> served = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : ofPrefix(prefix)) {
            List<String> versions = served.computeIfAbsent(record.partition(), partition -> new ArrayList<>());
            String version = cluster.decode(record).getModelVersion();
            if (versions.isEmpty() || !versions.get(versions.size() - 1).equals(version)) {
                versions.add(version);
            }
        }
        return served;
    }

    private static List<ConsumerRecord<byte[], byte[]>> ofPrefix(String prefix) {
        return cluster.read(CLASSIFIED).stream()
                .filter(record -> new String(record.key(), UTF_8).startsWith(prefix + "-"))
                .toList();
    }

    private static String metrics(int port) throws IOException, InterruptedException {
        return get(port, "/metrics").body();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
