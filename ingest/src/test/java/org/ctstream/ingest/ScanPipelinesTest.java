package org.ctstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.fetch.Payload;
import org.ctstream.service.fetch.PayloadReader;
import org.junit.jupiter.api.Test;

class ScanPipelinesTest {
    private static final int LANES = 2;
    /** Of each thread: one that it waits for, and one that it gave up on and that has not come back yet. */
    private static final int READS = 2 * LANES;

    @Test
    void readsThatHangInOneLaneLeaveRoomForThoseOfTheOther() throws Exception {
        byte[] content = TestScans.png(1);
        var arrived = new CountDownLatch(READS);
        var threads = Executors.newCachedThreadPool();
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.setExecutor(threads);
        store.createContext("/", exchange -> {
            arrived.countDown();
            await(arrived);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        store.start();
        String url = "http://127.0.0.1:" + store.getAddress().getPort() + "/";
        try (PayloadReader payloads = ScanPipelines.payloads(oneThreadForEachLane(url))) {
            for (Future<Payload> read : reads(payloads, url, content, threads)) {
                assertThat(read.get(10, TimeUnit.SECONDS).content()).isEqualTo(content);
            }
        } finally {
            store.stop(0);
            threads.shutdownNow();
        }
    }

    private static ServiceConfig oneThreadForEachLane(String root) {
        return ServiceConfig.of(
                "ingest",
                IngestKeys.def(),
                Map.of(
                        "bootstrap.servers",
                        "unused:9092",
                        "schema.registry.url",
                        "mock://pipelines",
                        IngestKeys.STREAM_THREADS,
                        "1",
                        IngestKeys.STAT_STREAM_THREADS,
                        "1",
                        IngestKeys.CLAIM_CHECK_ROOTS,
                        root));
    }

    private static List<Future<Payload>> reads(
            PayloadReader payloads, String url, byte[] content, ExecutorService threads) {
        var reads = new ArrayList<Future<Payload>>();
        for (int i = 0; i < READS; i++) {
            var claim = new ClaimCheck(url + i, TestScans.sha256(content), (long) content.length);
            reads.add(threads.submit(() -> payloads.read(claim)));
        }
        return reads;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
