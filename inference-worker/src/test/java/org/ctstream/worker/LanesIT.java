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
    private static final int BACKLOG = Integer.getInteger("ctstream.lanes.backlog", 600);
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

            Instant published = Instant.now();
            cluster.publish(Lane.STAT, "urgent", 3, 0);
            awaitResults("urgent", 3);

            List<ScanClassified> routine = results("backlog");
            ScanClassified last = results("urgent").get(2);
            assertThat(last.getWorker()).isEqualTo("lanes-1");
            long before = routine.stream()
                    .filter(result -> result.getClassifiedAt().isAfter(published))
                    .filter(result -> result.getClassifiedAt().isBefore(last.getClassifiedAt()))
                    .count();
            // The batch the engine has in hand when the scan comes, and those it takes until the scan has got here.
            assertThat(before).isLessThanOrEqualTo(6 * BATCH);
            assertThat(routine).as("the backlog is still there").hasSizeLessThan(BACKLOG - 100);

            awaitResults("backlog", BACKLOG);
            assertThat(worker.run()).isNotDone();
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
        Instant endOfTheFlood = flood.get(flood.size() - 1).getClassifiedAt();
        // A tenth of what the engine did until then; more only where it waited for the first STAT scans.
        assertThat(patient.stream().filter(result -> result.getClassifiedAt().isBefore(endOfTheFlood)))
                .hasSizeBetween(600 / 9 - BATCH, 600 / 9 + 60);
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
