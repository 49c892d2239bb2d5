package org.ctstream.worker.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.ctstream.model.gate.ChestGate;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.Scans;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanGateTest {
    private static final ScanNormalized BLANK = Scans.normalized("scan", 128);

    private final Metrics metrics = new Metrics("test");

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void whatIsNoChestCtIsRefusedWithTheReasonAndCounted() {
        assertThat(gate(GateMode.ON).refusal(BLANK)).contains("not like a chest CT slice", "gate chest-ct-1");
        assertThat(others()).isEqualTo(1);
    }

    @Test
    void watchingCountsAndRefusesNothing() {
        assertThat(gate(GateMode.WATCH).refusal(BLANK)).isNull();
        assertThat(others()).isEqualTo(1);
    }

    @Test
    void gateThatIsOffMeasuresNothing() {
        assertThat(gate(GateMode.OFF).refusal(BLANK)).isNull();
        assertThat(others()).isZero();
    }

    @Test
    void sliceOfAnotherSizeOrOfFewerPixelsThanItSaysIsLeftToTheEngine() {
        ScanNormalized torn = Scans.normalized("scan", 128, 100);
        torn.setHeight(224);
        torn.setWidth(224);

        assertThat(gate(GateMode.ON).refusal(Scans.normalized("scan", 128, 100)))
                .isNull();
        assertThat(gate(GateMode.ON).refusal(torn)).isNull();
    }

    private ScanGate gate(GateMode mode) {
        return new ScanGate(mode, ChestGate.bundled(), metrics);
    }

    private double others() {
        return metrics.registry()
                .get("ctstream.gate.scans")
                .tag("verdict", "other")
                .counter()
                .count();
    }
}
