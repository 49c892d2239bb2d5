package org.ctstream.gateway.stow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.intake.FileMeta;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the body of a store request: a report or a {@link RequestException}, no memory kept, nothing stored that is
 * not of the kinds taken. How to run it for long: docs/fuzzing.md.
 */
class StowFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_CPU_MS = 2_000;
    private static final long MOST_ALLOCATED = 16L << 20;
    private static final StowSettings SETTINGS = new StowSettings(
            "STOW-RS", Set.of(Peer.CT), Set.of(Peer.EXPLICIT), 1, 1 << 20, Duration.ofSeconds(10), 4_096);
    private static final GatewayMeters METERS = new GatewayMeters(new Metrics("gateway"));

    static {
        seeds().forEach(StowFuzzTest::store);
    }

    static Stream<byte[]> seeds() {
        byte[] head = "--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(ISO_8859_1);
        byte[] next = "\r\n--b\r\nContent-Type: application/dicom; transfer-syntax=1.2\r\n\r\n".getBytes(ISO_8859_1);
        byte[] end = "\r\n--b--\r\n".getBytes(ISO_8859_1);
        byte[] file = Peer.join(new FileMeta(Peer.CT, "1.2.3", Peer.EXPLICIT).bytes(), new byte[20]);
        byte[] other = new FileMeta("1.2", "1.2.3", Peer.EXPLICIT).bytes();
        return Stream.of(
                Peer.join(head, file, end),
                Peer.join(head, file, next, other, next, new byte[5_000], end),
                Peer.join(head, new byte[10], end),
                end);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 3_000)
    void whateverABodyHoldsItIsReportedOrRefused(byte[] body) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();

        store(body);

        assertThat((THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000).isLessThan(MOST_CPU_MS);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_ALLOCATED);
    }

    private static void store(byte[] body) {
        var memory = new MemoryBudget(1 << 20);
        var transaction = new StoreTransaction(
                SETTINGS,
                object -> {
                    assertThat(object.announced().sopClassUid()).isEqualTo(Peer.CT);
                    assertThat(object.announced().transferSyntaxUid()).isEqualTo(Peer.EXPLICIT);
                    assertThat(object.file()).hasSizeLessThanOrEqualTo((int) SETTINGS.objectBytes());
                    return new Outcome.Stored("scan");
                },
                memory,
                METERS);
        try {
            StoreReport report =
                    transaction.run(new ByteArrayInputStream(body), "b", Optional.empty(), Priority.ROUTINE);
            assertThat(report.status()).isIn(200, 202, 400, 409, 413);
            assertThat(AttributeText.json(report.attributes())).isNotEmpty();
            assertThat(AttributeText.xml(report.attributes())).isNotEmpty();
        } catch (RequestException e) {
            assertThat(e.status()).isEqualTo(400);
        } catch (IOException e) {
            throw new AssertionError("an array does not fail", e);
        }
        assertThat(memory.taken()).isZero();
    }
}
