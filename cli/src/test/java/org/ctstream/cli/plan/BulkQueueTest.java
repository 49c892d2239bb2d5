package org.ctstream.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkQueueTest {
    /** Of times: what 400,000 simulated scans leave to chance. */
    private static final Percentage CLOSE = Percentage.withPercentage(4);

    @ParameterizedTest(name = "{0} of an engine of {1} ms and {2} ms a scan, batches of {3}")
    @CsvSource({
        "0.05, 4.0, 0.5, 32",
        "0.30, 4.0, 0.5, 32",
        "0.70, 4.0, 0.5, 32",
        "0.85, 4.0, 0.5, 32",
        "0.70, 0.0, 21.0, 1",
        "0.70, 9.0, 21.0, 8",
        "0.90, 9.0, 21.0, 8",
        "0.50, 30.0, 0.0, 64",
        "0.70, 0.0, 1.0, 256",
    })
    void timesAreThoseOfTheSimulation(double load, double fixedMillis, double scanMillis, int maxBatch) {
        var cost = new BatchCost(fixedMillis / 1_000, scanMillis / 1_000, maxBatch);
        double rate = load * cost.capacity();

        Times computed = BulkQueue.of(rate, cost);

        double[] simulated = new WorkerSimulation(cost, 1, 1, 42).run(rate, 400_000);
        assertThat(computed.mean()).as("mean").isCloseTo(WorkerSimulation.mean(simulated), CLOSE);
        assertThat(computed.p50()).as("p50").isCloseTo(WorkerSimulation.quantile(simulated, 0.5), CLOSE);
        assertThat(computed.p95()).as("p95").isCloseTo(WorkerSimulation.quantile(simulated, 0.95), CLOSE);
        assertThat(computed.p99()).as("p99").isCloseTo(WorkerSimulation.quantile(simulated, 0.99), CLOSE);
    }

    @Test
    void batchesOfOneAreTheTextbooksQueueWithFixedServiceTimes() {
        var cost = new BatchCost(0, 0.02, 1);

        Times times = BulkQueue.of(35, cost);

        // Pollaczek and Khinchine for M/D/1: s + rho s / (2 (1 - rho)).
        assertThat(times.mean()).isCloseTo(0.02 + 0.7 * 0.02 / (2 * 0.3), within(1e-5));
        assertThat(times.utilization()).isCloseTo(0.7, within(1e-6));
        assertThat(times.meanBatch()).isCloseTo(1, within(1e-9));
    }

    @Test
    void workerThatIsNearlyIdleTakesScansAlone() {
        Times times = BulkQueue.of(0.01, new BatchCost(0.03, 0.001, 8));

        assertThat(times.mean()).isCloseTo(0.031, within(1e-4));
        assertThat(times.meanBatch()).isCloseTo(1, within(1e-3));
    }

    @Test
    void moreThanTheEngineCanDoIsRefusedWithItsCapacity() {
        assertThatThrownBy(() -> BulkQueue.of(100, new BatchCost(0, 0.01, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity, 100.0 scans/s");
    }
}
