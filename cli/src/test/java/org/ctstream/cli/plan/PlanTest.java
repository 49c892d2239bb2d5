package org.ctstream.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.ctstream.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final BatchCost GPU = BatchCost.of(400, 0.02, 32);

    /** The plan of a whole fleet against a simulation of it, partitions and all, also with one worker down. */
    @ParameterizedTest
    @CsvSource({"360000, 0.999", "3600000, 0.999", "7200000, 0.99999"})
    void fleetIsAsFastAsItsSimulation(double scansPerHour, double availability) {
        Workload load = workload(scansPerHour, availability);

        Plan plan = Plan.of(load);

        Fleet fleet = plan.fleet();
        double[] all = simulate(load, fleet, fleet.workers());
        assertThat(plan.allUp().mean()).isCloseTo(WorkerSimulation.mean(all), Percentage.withPercentage(4));
        assertThat(plan.allUp().p99()).isCloseTo(WorkerSimulation.quantile(all, 0.99), Percentage.withPercentage(5));
        // The plan speaks of the busiest worker: no scan may be slower on the average, and few much faster.
        double[] fewer = simulate(load, fleet, fleet.workers() - 1);
        assertThat(Objects.requireNonNull(plan.oneDown()).mean())
                .isBetween(WorkerSimulation.mean(fewer) * 0.96, WorkerSimulation.mean(fewer) * 1.5);
    }

    private static double[] simulate(Workload load, Fleet fleet, int up) {
        return new WorkerSimulation(load.engine(), up, fleet.partitions(), 7).run(load.scansPerSecond(), 600_000);
    }

    @Test
    void enginesThatAreNeededStayBelowTheUtilizationAndSparesBringTheAvailability() {
        Plan plan = Plan.of(workload(3_600_000, 0.999));

        Fleet fleet = plan.fleet();
        assertThat(fleet.needed()).isEqualTo(4); // 1,000 scans/s over 0.7 x 400
        assertThat(1_000.0 / fleet.needed() / 400).isLessThanOrEqualTo(0.7);
        assertThat(Fleet.chanceOfEnough(4, fleet.workers(), 0.995)).isGreaterThanOrEqualTo(0.999);
        assertThat(Fleet.chanceOfEnough(4, fleet.workers() - 1, 0.995)).isLessThan(0.999);
        assertThat(fleet.partitions() % fleet.workers()).isZero();
    }

    @Test
    void oneWorkerOfTwoIsUpAsOftenAsTheBinomialSays() {
        assertThat(Fleet.chanceOfEnough(1, 2, 0.9)).isCloseTo(0.99, within(1e-12));
        assertThat(Fleet.chanceOfEnough(2, 2, 0.9)).isCloseTo(0.81, within(1e-12));
    }

    @Test
    void disksHoldWhatIsKeptInAllCopies() {
        Plan plan = Plan.of(workload(3_600, 0.999));

        TopicDisk received = plan.topics().get(0);
        assertThat(received.topic()).isEqualTo("ct.scan.received");
        assertThat(received.retentionDays()).isEqualTo(7);
        // 300 kB and its frame, 43,200 scans a day, 7 days, 3 copies, a quarter more.
        assertThat(received.diskBytes()).isEqualTo(Math.round(300_700.0 * 43_200 * 7 * 3 * 1.25));
        assertThat(plan.network().fromPublishers()).isCloseTo(300_700 * 8.0, within(1.0));
        assertThat(plan.network().betweenBrokers()).isCloseTo(2 * plan.network().intoBrokers(), within(1.0));
    }

    @Test
    void costOfABatchGoesThroughBothPointsThatAreKnown() {
        assertThat(GPU.seconds(1)).isCloseTo(0.02, within(1e-9));
        assertThat(GPU.capacity()).isCloseTo(400, within(1e-6));
        assertThat(BatchCost.of(400, 99, 32).seconds(1)).isCloseTo(32 / 400.0, within(1e-9));
        assertThat(BatchCost.of(400, 1e-9, 32).seconds(1)).isCloseTo(1 / 400.0, within(1e-9));
        assertThat(BatchCost.of(50, 1, 1).seconds(1)).isCloseTo(0.02, within(1e-9));
    }

    @Test
    void commandPrintsThePlanWithItsAssumptions() {
        CliRun run = CliRun.of("plan", "--scans-per-hour", "36000", "--gpu-scans-per-second", "400");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("topics.partitions; maxReplicaCount", "ct.scan.normalized", "one down", "Assumed:")
                .contains("Poisson", "33 ms (p50)");
    }

    @Test
    void commandPrintsThePlanAsJson() throws Exception {
        CliRun run = CliRun.of(
                "plan", "--scans-per-hour", "36000", "--gpu-scans-per-second", "20", "--batch-max-size", "8", "--json");

        JsonNode plan = new ObjectMapper().readTree(run.out());
        assertThat(plan.at("/fleet/needed").asInt()).isEqualTo(1);
        assertThat(plan.at("/fleet/partitions").asInt()).isGreaterThanOrEqualTo(6);
        assertThat(plan.at("/allUp/p99").asDouble())
                .isGreaterThan(plan.at("/allUp/p50").asDouble());
        assertThat(plan.at("/latency/p99").asDouble()).isPositive();
        assertThat(plan.at("/assumptions")).isNotEmpty();
    }

    @Test
    void whatCannotBePlannedIsAUsageErrorThatNamesValueAndRange() {
        CliRun run = CliRun.of("plan", "--scans-per-hour", "0", "--gpu-scans-per-second", "400");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("scans per hour: 0.0 (expected: above 0");
    }

    private static Workload workload(double scansPerHour, double availability) {
        return new Workload(scansPerHour, 12, GPU, availability, 0.995, 0.7, 300_000, 0.1, 3, 150);
    }
}
