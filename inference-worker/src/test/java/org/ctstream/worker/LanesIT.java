package org.ctstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * STAT scans behind a backlog of ROUTINE ones, and ROUTINE scans in a flood of STAT ones, on a real broker. The backlog's
 * length is the system property {@code ctstream.lanes.backlog}.
 */
class LanesIT {
    private static final String CLASSIFIED = Topic.SCAN_CLASSIFIED.topicName();
    private static final int BACKLOG = Integer.getInteger("ctstream.lanes.backlog", 1_000);
    private static final int BATCH = 8;
    private static final int SCAN_MICROS = 5_000;

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
    void statScansBehindABacklogAreAmongTheNextResults() {
        cluster.publish("backlog", BACKLOG, 0);
        try (var worker = Cluster.start(settings("lanes-1", "lanes"))) {
            awaitResults("backlog", 100);

            cluster.publish(Lane.STAT, "urgent", 3, 0);
            Instant published = Instant.now();
            awaitResults("urgent", 3);

            awaitResults("backlog", BACKLOG);
            assertThat(worker.run()).isNotDone();

            List<ScanClassified> routine = results("backlog");
            Instant last = results("urgent").get(2).getClassifiedAt();
            long before = routine.stream()
                    .map(ScanClassified::getClassifiedAt)
                    .filter(at -> at.isAfter(published) && at.isBefore(last))
                    .count();
            // The batch the engine has in hand when the scan comes, and, on a busy machine, those it takes until the
            // scan has got from Kafka to the worker.
            assertThat(before).isLessThanOrEqualTo(BACKLOG / 8);
            assertThat(routine.stream()
                            .filter(result -> result.getClassifiedAt().isAfter(last)))
                    .as("the backlog they overtook")
                    .hasSizeGreaterThan(BACKLOG / 5);
        }
        assertThat(cluster.committedScanIds(CLASSIFIED, "backlog"))
                .hasSize(BACKLOG)
                .doesNotHaveDuplicates();
        assertThat(cluster.committedScanIds(CLASSIFIED, "urgent")).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void routineScansGoOnInAFloodOfStatOnes() {
        cluster.publish("patient", 300, 0);
        cluster.publish(Lane.STAT, "flood", 600, 0);
        try (var worker = Cluster.start(settings("flooded-1", "flooded"))) {
            awaitResults("flood", 600);
            awaitResults("patient", 300);
            assertThat(worker.run()).isNotDone();
        }

        List<ScanClassified> flood = results("flood");
        List<ScanClassified> patient = results("patient");
        assertThat(flood).hasSize(600);
        assertThat(patient).hasSize(300);
        // A tenth of what the engine took; more where a busy machine brings the flood more slowly than it is
        // classified.
        long meanwhile = patient.stream()
                .filter(result ->
                        !result.getClassifiedAt().isBefore(flood.get(0).getClassifiedAt()))
                .filter(result ->
                        result.getClassifiedAt().isBefore(flood.get(599).getClassifiedAt()))
                .count();
        assertThat(meanwhile).isGreaterThanOrEqualTo(600 / 9 - 2 * BATCH);
    }

    private static Map<String, String> settings(String instance, String group) {
        Map<String, String> settings = cluster.workerSettings(instance, group);
        settings.put(WorkerKeys.BATCH_MAX_SIZE, Integer.toString(BATCH));
        settings.put(WorkerKeys.SIMULATED_SCAN_MICROS, Integer.toString(SCAN_MICROS));
        return settings;
    }

    private static void awaitResults(String prefix, int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> cluster.committedScanIds(CLASSIFIED, prefix).size() >= count);
    }

    /** The results of scans with that prefix, the first classified first. */
    private static List<ScanClassified> results(String prefix) {
        return cluster.read(CLASSIFIED).stream()
                .filter(record -> new String(record.key(), UTF_8).startsWith(prefix + "-"))
                .map(cluster::decode)
                .sorted(Comparator.comparing(ScanClassified::getClassifiedAt))
                .toList();
    }
}
