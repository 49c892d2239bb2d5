package org.ctstream.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.ctstream.model.gate.ChestGate;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.registry.RegistryUnavailableException;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.gate.GateMode;
import org.ctstream.worker.gate.ScanGate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Timer time = Timer.builder("input").register(new SimpleMeterRegistry());
    private final Assignments assignments = new Assignments();
    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private @Nullable RuntimeException failure;
    private final ScanGate gate = new ScanGate(GateMode.ON, ChestGate.bundled(), new Metrics("test"));
    private final Inbox inbox = new Inbox(new ScanDecoding((topic, data) -> decode(), gate, time), assignments, health);
    private final List<PendingScan> decoded = new ArrayList<>();

    @BeforeEach
    void assign() {
        assignments.assigned(List.of(new TopicPartition("ct.scan.normalized", 0)));
    }

    @Test
    void undecodableRecordBecomesPoisonInItsPlace() {
        inbox.add(Scans.record(0, 0, "a"));
        inbox.add(Scans.record(0, 1, "b"));
        failure = new SerializationException("magic byte");
        inbox.decode(1, decoded::add);
        failure = null;
        inbox.decode(1, decoded::add);

        assertThat(decoded).extracting(scan -> scan.poison() != null).containsExactly(true, false);
    }

    @Test
    void decodedScanThatIsNoChestCtSaysSo() {
        inbox.add(Scans.record(0, 0, "a"));

        inbox.decode(1, decoded::add);

        assertThat(decoded)
                .singleElement()
                .satisfies(scan -> assertThat(scan.refusal()).contains("every pixel has the same grey value"));
    }

    @Test
    void recordsWaitInOrderWhileTheRegistryIsAway() {
        inbox.add(Scans.record(0, 0, "a"));
        inbox.add(Scans.record(0, 1, "b"));
        failure = new RegistryUnavailableException("registry away", new IllegalStateException("test"));
        inbox.decode(8, decoded::add);

        assertThat(decoded).isEmpty();
        assertThat(inbox.size()).isEqualTo(2);
        assertThat(health.conditions().get("schema-registry")).contains("registry away");

        failure = null;
        await().until(() -> {
            inbox.decode(8, decoded::add);
            return decoded.size() == 2;
        });
        assertThat(decoded).extracting(scan -> scan.original().offset()).containsExactly(0L, 1L);
        assertThat(health.conditions()).containsEntry("schema-registry", "ok");
    }

    @Test
    void recordsOfForeignPartitionsAreForgotten() {
        inbox.add(Scans.record(0, 0, "a"));
        inbox.add(Scans.record(7, 0, "b"));

        inbox.dropForeign();

        assertThat(inbox.size()).isEqualTo(1);
    }

    private ScanNormalized decode() {
        if (failure != null) {
            throw failure;
        }
        return Scans.normalized("scan", 10);
    }
}
