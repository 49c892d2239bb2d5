package org.ctstream.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.metrics.Protocol;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.api.Test;

class IntakeGateTest {
    private static final ReceivedObject OBJECT = new ReceivedObject(
            new byte[0],
            new FileMeta(Peer.CT, "1.2.3", Peer.EXPLICIT),
            Optional.empty(),
            "CT1",
            Priority.ROUTINE,
            Protocol.STOW_RS);

    private final Metrics metrics = new Metrics("gateway");
    private final IntakeGate gate = new IntakeGate(new GatewayMeters(metrics), System::nanoTime);

    @Test
    void whatComesBeforeItOpensIsRefusedForTheTimeBeing() {
        assertThat(gate.isOpen()).isFalse();
        assertThat(gate.store(OBJECT))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_READY));
        assertThat(metrics.scrape())
                .contains("ctstream_gateway_objects_total{protocol=\"stow-rs\",result=\"not-ready\"");
    }

    @Test
    void shutWaitsForWhatIsInsideAndLetsNothingElseIn() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        gate.open(object -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Stored("scan");
        });
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> gate.store(OBJECT));
        inside.await();

        assertThat(gate.shut(Duration.ofMillis(20))).isFalse();
        assertThat(gate.store(OBJECT)).isInstanceOf(Outcome.Refused.class);
        goOn.countDown();

        assertThat(gate.shut(Duration.ofSeconds(20))).isTrue();
        assertThat(outcome.join()).isEqualTo(new Outcome.Stored("scan"));
        assertThat(metrics.scrape()).contains("ctstream_gateway_acknowledgement_seconds_count{protocol=\"stow-rs\"");
    }
}
