package org.ctstream.reliability.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PlatformPlan;
import org.ctstream.reliability.ledger.Accounting;
import org.ctstream.reliability.ledger.LedgerReader;
import org.ctstream.reliability.load.GreyScans;
import org.ctstream.reliability.load.ScanFlow;
import org.ctstream.reliability.load.SteadyFlow;
import org.ctstream.reliability.load.StoredCount;
import org.ctstream.reliability.program.ModeOption;
import org.ctstream.reliability.program.Patience;
import org.ctstream.reliability.program.Program;
import org.ctstream.reliability.program.Promise;
import org.ctstream.reliability.program.Proof;
import org.ctstream.reliability.soak.Watch;
import org.ctstream.worker.WorkerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soak}. */
@Command(
        name = "soak",
        description =
                "Measures what the product can do on this machine, then gives it four fifths of that for an hour: memory,"
                        + " threads, file handles and meters of every service stay flat.")
public final class SoakProgram extends Program {
    private static final int STARTING_SECONDS = 60;
    private static final double WARM_UP_SHARE = 0.2;
    private static final int AHEAD = 200;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    @Mixin
    private ModeOption mode = new ModeOption();

    @Option(names = "--minutes", paramLabel = "N", description = "How long.")
    private double minutes = 60;

    @Option(names = "--share", paramLabel = "X", description = "Load, of what was measured to be possible.")
    private double share = 0.8;

    @Option(names = "--capacity-seconds", paramLabel = "S", description = "How long the capacity is measured.")
    private int capacitySeconds = 60;

    @Option(names = "--read-every-ms", paramLabel = "MS", description = "Time between two readings.")
    private long readEveryMillis = 10_000;

    @Option(names = "--engine", paramLabel = "NAME", description = "Engine of the worker.")
    private String engine = "auto";

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets a further key of the worker, for example -D engine.none.scan.micros=2000.")
    private Map<String, String> further = new TreeMap<>();

    /** For picocli. */
    public SoakProgram() {}

    @Override
    protected void check() {
        mode.check();
        if (!(minutes > 0) || !(share > 0) || capacitySeconds < 2 || readEveryMillis < 100) {
            throw CliException.usage(
                    "--minutes " + minutes + " --share " + share + " --capacity-seconds " + capacitySeconds
                            + " --read-every-ms " + readEveryMillis
                            + " (expected: more than 0, more than 0, 2 or more, 100 or more)",
                    null);
        }
        if (minutes * 60_000 * (1 - WARM_UP_SHARE) < 3.0 * readEveryMillis) {
            throw CliException.usage(
                    "--minutes " + minutes + " has no room for readings every " + readEveryMillis
                            + " ms (expected: three or more after the first fifth)",
                    null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + capacitySeconds + (long) (minutes * 60));
    }

    @Override
    protected Proof prove(Path folder, StackListener progress) throws Exception {
        progress.step("Starting a broker, the schema registry and the services");
        try (var platform = Platform.start(PlatformPlan.small(folder, 0))) {
            Set<String> acknowledged;
            Watch watch;
            double capacity;
            int deaths;
            try (var fleet = new Fleet(platform, Role::wholeHeap, progress)) {
                launch(fleet);
                fleet.awaitReady();
                try (var flow = ScanFlow.open(
                                platform.connection(), GreyScans.of(64), folder.resolve("acknowledged.txt"));
                        var stored = new StoredCount(fleet.of(Role.SINK).get(0))) {
                    capacity = capacity(flow, stored);
                    progress.step("It stores " + Figures.of(capacity) + " scans a second; now "
                            + Figures.of(share * capacity) + " for " + minutes + " minutes");
                    watch = soak(fleet, flow, capacity, progress);
                    acknowledged = flow.acknowledged();
                    boolean unused = stored.await(acknowledged.size(), Duration.ofMinutes(2));
                }
                deaths = fleet.deaths();
            }
            var promises = new ArrayList<>(Accounting.fromReceived(LedgerReader.read(platform), acknowledged)
                    .results(!mode.isQueue())
                    .deadLettersOf(Set.of())
                    .promises());
            promises.add(Promise.of("No service ends by itself", deaths == 0, deaths + " did"));
            return proof(watch, promises, capacity, acknowledged.size());
        }
    }

    private void launch(Fleet fleet) {
        fleet.add(Role.INGEST, "ingest-1", Map.of("streams.producer.compression.type", "lz4"));
        var keys = new TreeMap<>(mode.keys());
        keys.put(WorkerKeys.ENGINE, engine);
        keys.put(WorkerKeys.GATE_MODE, "off"); // grey patterns
        keys.putAll(further);
        fleet.add(Role.WORKER, "worker-1", keys);
        fleet.add(Role.SINK, "sink-1", Map.of());
    }

    /** Scans per second in the second half of the time, when everything is warm. */
    private double capacity(ScanFlow flow, StoredCount stored) {
        double unused = saturate(flow, stored, capacitySeconds / 2.0);
        double rate = saturate(flow, stored, capacitySeconds / 2.0);
        flow.flush();
        boolean calm = stored.await(flow.acknowledged().size(), Duration.ofMinutes(2));
        if (!calm) {
            throw CliException.failure("What was published to measure the capacity is not stored", null);
        }
        return rate;
    }

    private static double saturate(ScanFlow flow, StoredCount stored, double seconds) {
        long before = stored.now();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < seconds * SECOND) {
            if (flow.sent() - stored.now() < AHEAD) {
                flow.publish(10);
            } else {
                Patience.pause(Duration.ofMillis(20));
            }
        }
        return (stored.now() - before) * SECOND / (System.nanoTime() - begun);
    }

    private Watch soak(Fleet fleet, ScanFlow flow, double capacity, StackListener progress) throws IOException {
        if (!(capacity > 0)) {
            throw CliException.failure("Nothing was stored in " + capacitySeconds + " s: nothing to soak", null);
        }
        var watch = new Watch(fleet.all(), WARM_UP_SHARE);
        long begun = System.nanoTime();
        long told = begun;
        try (var steady = new SteadyFlow(flow, share * capacity)) {
            double seconds = 0;
            while (seconds < minutes * 60) {
                watch.read(seconds);
                Patience.pause(Duration.ofMillis(readEveryMillis));
                if (System.nanoTime() - told > Duration.ofMinutes(5).toNanos()) {
                    told = System.nanoTime();
                    progress.step(Math.round(seconds / 60) + " minutes, " + flow.sent() + " scans");
                }
                seconds = (System.nanoTime() - begun) / SECOND;
            }
            steady.stop();
        }
        return watch;
    }

    private Proof proof(Watch watch, List<Promise> promises, double capacity, int scans) {
        return new Proof(
                name() + "-" + mode.text(),
                "Soak, " + mode.text(),
                "One ingest, one worker and one sink work steadily at a share of what they can do; what they hold is read"
                        + " from the outside. The first fifth of the time is warm-up. Their heaps are in memory as a whole from the"
                        + " start: growth is what the heap does not hold.",
                promises,
                watch.targets(),
                List.of(watch.table()),
                conditions()
                        .put("engine", engine + (further.isEmpty() ? "" : ", " + further))
                        .put("time", Figures.of(minutes) + " minutes")
                        .put("capacity, scans per second", Figures.of(capacity))
                        .put("load", Figures.ratio(share) + " of it")
                        .put("scans", scans));
    }
}
