package org.ctstream.reliability.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PlatformPlan;
import org.ctstream.reliability.cluster.WorkerCost;
import org.ctstream.reliability.ledger.Accounting;
import org.ctstream.reliability.ledger.LedgerReader;
import org.ctstream.reliability.load.StoredCount;
import org.ctstream.reliability.load.Throughput;
import org.ctstream.reliability.program.ModeOption;
import org.ctstream.reliability.program.Program;
import org.ctstream.reliability.program.Promise;
import org.ctstream.reliability.program.Proof;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scale}. */
@Command(
        name = "scale",
        description =
                "Takes the workers from 1 to 4 to 1 to 0 to 2 under load: none lost, none twice, and throughput grows"
                        + " with the workers.")
public final class ScaleProgram extends Program {
    private static final double WANTED_SHARE = 0.8;
    private static final int MOST = 4;
    private static final int STARTING_SECONDS = 90;
    private static final int PHASES = 5;
    private static final long BACKLOG_SECONDS = 8;
    private static final int PARTITIONS_EXACTLY_ONCE = 8;
    private static final int PARTITIONS_QUEUE = 2;

    @Mixin
    private ModeOption mode = new ModeOption();

    @Option(names = "--scan-ms", paramLabel = "MS", description = "What a scan costs the engine.")
    private long scanMillis = 20;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each number of workers is watched.")
    private int seconds = 30;

    @Option(names = "--settle-seconds", paramLabel = "S", description = "How long a new number of workers gets before.")
    private int settleSeconds = 8;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Partitions of the scan topics; 0 takes 8 in mode exactly-once and 2, fewer than workers, in mode"
                            + " queue.")
    private int partitions;

    /** For picocli. */
    public ScaleProgram() {}

    @Override
    protected void check() {
        mode.check();
        if (scanMillis < 1 || seconds < 1 || settleSeconds < 0 || partitions < 0) {
            throw CliException.usage(
                    "--scan-ms " + scanMillis + " --seconds " + seconds + " (expected: 1 or more each)", null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + PHASES * (long) (seconds + settleSeconds));
    }

    /**
     * A number of workers, watched.
     *
     * @param rate results per second
     */
    private record Phase(int workers, double rate) {}

    @Override
    protected Proof prove(Path folder, StackListener progress) throws Exception {
        progress.step("Starting a broker, the schema registry and the sink");
        try (var platform = Platform.start(PlatformPlan.small(folder, partitions()))) {
            List<Phase> phases = new ArrayList<>();
            List<String> ids;
            int deaths;
            try (var fleet = new Fleet(platform, progress);
                    var load = new Throughput(platform.connection(), BACKLOG_SECONDS * MOST * 1_000 / scanMillis)) {
                fleet.add(Role.SINK, "sink-1", Map.of());
                addWorkers(fleet);
                fleet.awaitReady();
                load.begin();
                for (int workers : List.of(1, MOST, 1, 0, 2)) {
                    phases.add(watch(fleet, load, workers, progress));
                }
                load.stopAndAwaitAll(Duration.ofMinutes(5));
                ids = load.ids();
                StoredCount.awaitAll(fleet.of(Role.SINK).get(0), ids.size());
                deaths = fleet.deaths();
            }
            var promises = new ArrayList<>(Accounting.fromNormalized(LedgerReader.read(platform), ids)
                    .results(!mode.isQueue())
                    .deadLettersOf(Set.of())
                    .promises());
            promises.add(Promise.of("Without a worker nothing is classified", rate(phases, 0) == 0, ""));
            promises.add(Promise.of("No service ended by itself", deaths == 0, deaths + " did"));
            return proof(phases, promises, ids.size());
        }
    }

    private int partitions() {
        return partitions > 0 ? partitions : mode.isQueue() ? PARTITIONS_QUEUE : PARTITIONS_EXACTLY_ONCE;
    }

    /** All of them once, so that their configurations are there; all but the first go again. */
    private void addWorkers(Fleet fleet) {
        var keys = WorkerCost.ofScan(Duration.ofMillis(scanMillis), 8).keysAnd(mode.keys());
        for (int i = 1; i <= MOST; i++) {
            fleet.add(Role.WORKER, "worker-" + i, keys);
        }
        fleet.awaitReady();
    }

    private Phase watch(Fleet fleet, Throughput load, int wanted, StackListener progress) {
        var workers = fleet.of(Role.WORKER);
        for (int i = 0; i < workers.size(); i++) {
            if (i < wanted) {
                workers.get(i).launch();
            } else {
                workers.get(i).stop();
            }
        }
        fleet.awaitReady();
        load.run(Duration.ofSeconds(settleSeconds));
        double rate = load.run(Duration.ofSeconds(seconds));
        progress.step(wanted + " workers: " + Figures.of(rate) + " scans per second");
        return new Phase(wanted, rate);
    }

    private Proof proof(List<Phase> phases, List<Promise> promises, int scans) {
        double one = rate(phases, 1);
        var table = new Table(
                "Throughput. One worker's is the mean of the two times it was alone.",
                "Workers",
                "scans per second",
                "share of linear");
        phases.forEach(phase -> table.row(
                phase.workers(),
                Figures.of(phase.rate()),
                phase.workers() == 0 ? "" : Figures.ratio(phase.rate() / (phase.workers() * one))));
        return new Proof(
                name() + "-" + mode.text(),
                "Scaling workers up and down, " + mode.text(),
                "Normalized scans always wait while the number of workers goes from 1 to 4 to 1 to 0 to 2; workers that go"
                        + " are asked to drain.",
                promises,
                List.of(
                        Target.atLeast(
                                "throughput of 4 workers over 4 times that of one",
                                WANTED_SHARE,
                                rate(phases, MOST) / (MOST * one)),
                        Target.atLeast(
                                "throughput of 2 workers over 2 times that of one",
                                WANTED_SHARE,
                                rate(phases, 2) / (2 * one))),
                List.of(table),
                conditions()
                        .put("partitions", partitions())
                        .put("engine", "none, " + scanMillis + " ms a scan, which takes no processor")
                        .put("scans", scans)
                        .put("each number watched for", seconds + " s"));
    }

    private static double rate(List<Phase> phases, int workers) {
        return phases.stream()
                .filter(phase -> phase.workers() == workers)
                .mapToDouble(Phase::rate)
                .average()
                .orElse(Double.NaN);
    }
}
