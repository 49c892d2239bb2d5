package org.ctstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.streams.errors.StreamsException;
import org.ctstream.ingest.run.TaskWatch;
import org.ctstream.service.error.RetriableStageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claim-check store that is away costs time, never a scan. */
class StoreOutageTopologyTest {
    private final byte[] png = TestScans.png(1);
    private final ConcurrentLinkedQueue<Map<String, String>> conditionsSeen = new ConcurrentLinkedQueue<>();
    private HttpServer store;

    @BeforeEach
    void openStore() throws Exception {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.start();
    }

    @AfterEach
    void closeStore() {
        store.stop(0);
    }

    @Test
    void storeThatAnswers503TwiceThen200GivesAResultAndNoDeadLetter() throws Exception {
        try (var topology = TopologyHarness.with(IngestKeys.CLAIM_CHECK_ROOTS, url("/scans/"))) {
            answering(topology, List.of(503, 503, 200).iterator());

            topology.send(TestScans.claim("scan-1", url("/scans/1.png"), png));

            assertThat(topology.normalized())
                    .singleElement()
                    .satisfies(scan -> assertThat(scan.getSourceDigest()).isEqualTo(TestScans.sha256(png)));
            assertThat(topology.deadLetters()).isEmpty();
            assertThat(conditionsSeen).hasSize(3);
            assertThat(conditionsSeen)
                    .last()
                    .satisfies(conditions ->
                            assertThat(conditions.get(TaskWatch.CONDITION)).contains("claim-check store"));
            assertThat(topology.health.conditions()).containsEntry(TaskWatch.CONDITION, "ok");
        }
    }

    @Test
    void storeThatStaysAwayEndsTheThreadWithNothingSentAndTheServiceNotReady() throws Exception {
        try (var topology =
                TopologyHarness.with(IngestKeys.CLAIM_CHECK_ROOTS, url("/scans/"), IngestKeys.RETRY_MAX_MS, "20")) {
            answering(topology, java.util.stream.Stream.generate(() -> 503).iterator());

            assertThatThrownBy(() -> topology.send(TestScans.claim("scan-1", url("/scans/1.png"), png)))
                    .isInstanceOf(StreamsException.class)
                    .hasCauseInstanceOf(RetriableStageException.class);

            assertThat(topology.normalizedRecords()).isEmpty();
            assertThat(topology.deadLetters()).isEmpty();
            assertThat(topology.health.isReady()).isFalse();
        }
    }

    private void answering(TopologyHarness topology, Iterator<Integer> statuses) {
        store.createContext("/scans/", exchange -> {
            conditionsSeen.add(topology.health.conditions());
            int status = statuses.next();
            exchange.sendResponseHeaders(status, status == 200 ? png.length : -1);
            if (status == 200) {
                exchange.getResponseBody().write(png);
            }
            exchange.close();
        });
    }

    private String url(String path) {
        return "http://" + store.getAddress().getAddress().getHostAddress() + ":"
                + store.getAddress().getPort() + path;
    }
}
