package org.ctstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.worker.Cluster.RunningWorker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker with nothing to do says what is away, goes on when it is back, and loses nothing. */
class DependenciesAwayIT {
    /** Promised are 10 s, which the reliability program "outages" measures; a busy machine has longer here. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(40);

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();

    @TempDir
    static Path folder;

    private static Cluster cluster;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        cluster = new Cluster(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void brokerThatIsAwayIsSeenAndWhatIsPublishedMeanwhileComesThrough() {
        try (var worker = Cluster.start(cluster.workerSettings("broker-1", "broker"))) {
            awaitReady(worker);

            cluster.stack().broker().stop();
            var published = CompletableFuture.runAsync(() -> cluster.publish("broker", 50, 0));
            await().atMost(SEEN_WITHIN)
                    .untilAsserted(() -> assertThat(readiness(worker))
                            .startsWith("503")
                            .contains("\"kafka-reachable\":\"Kafka (bootstrap.servers=127.0.0.1:"));
            assertThat(worker.run()).isNotDone();
            cluster.stack().broker().start();

            awaitReady(worker);
            assertThat(published).succeedsWithin(LONG);
            awaitResults("broker", 50);
        }
        assertThat(cluster.committedScanIds(CLASSIFIED, "broker")).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void registryThatIsAwayIsSeenAndCostsNoScan() {
        try (var worker = Cluster.start(cluster.workerSettings("registry-1", "registry"))) {
            awaitReady(worker);

            cluster.stack().registry().stop();
            var published = CompletableFuture.runAsync(() -> cluster.publish("registry", 20, 0));
            await().atMost(SEEN_WITHIN)
                    .untilAsserted(() -> assertThat(readiness(worker))
                            .startsWith("503")
                            .contains("\"schema-registry-reachable\":\"The schema registry"));
            cluster.stack().registry().start();

            awaitReady(worker);
            assertThat(published.handle((done, failed) -> true)).succeedsWithin(LONG);
            if (published.isCompletedExceptionally()) {
                cluster.publish("registry", 20, 0); // the publisher's serializer gave up; the worker must not
            }
            awaitResults("registry", 20);
        }
        assertThat(cluster.committedScanIds(CLASSIFIED, "registry")).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void modelStoreThatIsAwayIsSaidAndTheReleaseThatIsServedGoesOn() throws IOException {
        Path store = cluster.models().root();
        Path elsewhere = store.resolveSibling("elsewhere");
        try (var worker = Cluster.start(cluster.workerSettings("store-1", "store"))) {
            awaitReady(worker);

            Files.move(store, elsewhere);
            try {
                await().atMost(SEEN_WITHIN)
                        .untilAsserted(() -> assertThat(readiness(worker))
                                .startsWith("200")
                                .contains("degraded: The model store", "goes on with the release it serves"));
                assertThat(get(worker, "/metrics"))
                        .contains(
                                "ctstream_dependency_up{dependency=\"model-store\",service=\"inference-worker\"} 0.0");
                cluster.publish("store", 20, 0);
                awaitResults("store", 20);
            } finally {
                Files.move(elsewhere, store);
            }

            await().atMost(SEEN_WITHIN)
                    .untilAsserted(() ->
                            assertThat(readiness(worker)).startsWith("200").doesNotContain("degraded"));
        }
    }

    @Test
    void workerThatStartsWithoutItsModelStoreIsNotReadyAndBeginsByItselfWhenTheStoreIsBack() throws IOException {
        StoredRelease release = TestModels.hollow(cluster.models(), "starting-1");
        Path store = cluster.models().root();
        Path elsewhere = store.resolveSibling("not-mounted");
        try (var announcer = cluster.announcer()) {
            announcer.announce(release.release(), ModelStage.PRODUCTION, store);
            Files.move(store, elsewhere);
            try (var worker = Cluster.start(cluster.workerSettings("starting-1", "starting"))) {
                cluster.publish("starting", 20, 0);
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(readiness(worker))
                                .startsWith("503")
                                .contains("no release in production can be served", "starting-1"));
                assertThat(worker.run()).isNotDone();
                assertThat(cluster.committedScanIds(CLASSIFIED, "starting")).isEmpty();

                Files.move(elsewhere, store);
                awaitReady(worker);
                awaitResults("starting", 20);
            }
            announcer.restage(
                    cluster.releases().read().find(release.release().id()).orElseThrow(), ModelStage.RETIRED);
        }
        assertThat(cluster.committedScanIds(CLASSIFIED, "starting")).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void clusterBelowTransactionVersion2IsRefusedWithTheRemedyAndTakenOnceItIsUpgraded() throws Exception {
        transactionVersion(1, UpgradeType.SAFE_DOWNGRADE);
        try (var worker = Cluster.start(cluster.workerSettings("version-1", "version"))) {
            assertThat(worker.run())
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(FatalStageException.class)
                    .withMessageContaining("transaction.version is 1 (expected: 2 or more)")
                    .withMessageContaining("upgrade --feature transaction.version=2");
        } catch (RuntimeException e) {
            // Closing waits for the run, which has failed as it should.
            assertThat(e).hasRootCauseInstanceOf(FatalStageException.class);
        } finally {
            transactionVersion(2, UpgradeType.UPGRADE);
        }

        cluster.publish("version", 3, 0);
        try (var worker = Cluster.start(cluster.workerSettings("version-1", "version"))) {
            awaitReady(worker);
            awaitResults("version", 3);
        }
    }

    private static void transactionVersion(int level, UpgradeType type) throws Exception {
        try (var admin = cluster.admin()) {
            admin.updateFeatures(
                            Map.of("transaction.version", new FeatureUpdate((short) level, type)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private void awaitReady(RunningWorker worker) {
        await().atMost(LONG).untilAsserted(() -> assertThat(readiness(worker)).startsWith("200"));
    }

    private String readiness(RunningWorker worker) throws IOException {
        return get(worker, "/readyz");
    }

    private String get(RunningWorker worker, String path) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + worker.worker().httpPort() + path))
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void awaitResults(String prefix, int count) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> cluster.committedScanIds(CLASSIFIED, prefix).size() >= count);
    }
}
