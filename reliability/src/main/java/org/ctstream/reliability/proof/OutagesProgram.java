package org.ctstream.reliability.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PlatformPlan;
import org.ctstream.reliability.cluster.ServiceProcess;
import org.ctstream.reliability.cluster.WorkerCost;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code outages}. */
@Command(
        name = "outages",
        description =
                "Takes broker, registry, database and model store away, one after the other, for a minute each while"
                        + " scans come in: whoever needs it is not ready within 10 s, goes on by itself, and nothing is lost.")
public final class OutagesProgram extends Program {
    private static final double NOT_READY_SECONDS = 10;
    private static final double READY_AGAIN_SECONDS = 60;
    private static final int STARTING_SECONDS = 60;
    private static final int RECOVERY_SECONDS = 25;
    private static final List<String> NAMES = List.of("broker", "registry", "database", "model-store");

    @Mixin
    private ModeOption mode = new ModeOption();

    @Option(names = "--away-seconds", paramLabel = "S", description = "How long each is away.")
    private int awaySeconds = 60;

    @Option(names = "--per-second", paramLabel = "N", description = "Scans published each second.")
    private double perSecond = 5;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these: broker, registry, database, model-store.")
    private List<String> only = NAMES;

    /** For picocli. */
    public OutagesProgram() {}

    @Override
    protected void check() {
        mode.check();
        if (awaySeconds < 1 || awaySeconds > 100 || !(perSecond > 0) || !NAMES.containsAll(only)) {
            throw CliException.usage(
                    "--away-seconds " + awaySeconds + " --per-second " + perSecond + " --only " + only
                            + " (expected: 1 to 100, as publishing gives up after 120; more than 0; some of " + NAMES
                            + ")",
                    null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + (long) only.size() * (awaySeconds + RECOVERY_SECONDS));
    }

    /**
     * What one service did in one outage.
     *
     * @param notReadyAfter seconds; NaN if it stayed ready
     * @param readyAgainAfter seconds from the return; NaN if it did not become ready in time
     */
    private record Row(String outage, ServiceProcess service, double notReadyAfter, double readyAgainAfter) {}

    @Override
    protected Proof prove(Path folder, StackListener progress) throws Exception {
        progress.step("Starting a broker, the schema registry, PostgreSQL and the services");
        try (var platform = Platform.start(PlatformPlan.small(folder, 0).withPostgres(only.contains("database")))) {
            var unused = DefaultRelease.in(new ModelStore(folder.resolve("models")));
            List<Row> rows = new ArrayList<>();
            Set<String> acknowledged;
            List<String> refused;
            int deaths;
            try (var fleet = Fleet.startingQuickly(platform, progress)) {
                launch(fleet);
                fleet.awaitReady();
                try (var flow = ScanFlow.open(
                                platform.connection(), GreyScans.of(64), folder.resolve("acknowledged.txt"));
                        var steady = new SteadyFlow(flow, perSecond);
                        var stored = new StoredCount(fleet.of(Role.SINK).get(0))) {
                    for (Outage outage : Outage.of(platform)) {
                        if (only.contains(outage.name())) {
                            rows.addAll(watch(outage, fleet, stored, steady, progress));
                        }
                    }
                    steady.stop();
                    acknowledged = steady.acknowledged();
                    refused = steady.refused();
                    boolean all = stored.await(acknowledged.size(), Duration.ofMinutes(2));
                    progress.step(all ? "Everything is stored" : "Not everything is stored");
                }
                deaths = fleet.deaths();
            }
            var promises = new ArrayList<>(Accounting.fromReceived(LedgerReader.read(platform), acknowledged)
                    .results(!mode.isQueue())
                    .deadLettersOf(Set.of())
                    .promises());
            promises.add(Promise.unbrokenBy("Every scan could be published", refused));
            promises.add(Promise.of("No service ends: each goes on by itself", deaths == 0, deaths + " did"));
            return proof(rows, promises, acknowledged.size());
        }
    }

    private void launch(Fleet fleet) {
        fleet.add(Role.INGEST, "ingest-1", Map.of());
        fleet.add(
                Role.WORKER,
                "worker-1",
                WorkerCost.ofScan(Duration.ofMillis(5), 8).keysAnd(mode.keys()));
        fleet.add(Role.SINK, "sink-1", Map.of());
    }

    private List<Row> watch(Outage outage, Fleet fleet, StoredCount stored, SteadyFlow steady, StackListener progress) {
        List<ServiceProcess> dependents = fleet.all().stream()
                .filter(service -> outage.dependents().contains(service.role()))
                .toList();
        Patience.pause(Duration.ofSeconds(3));
        progress.step("Taking away the " + outage.name());
        long gone = System.nanoTime();
        outage.take().run();
        double[] notReady = moments(outage, dependents, gone, awaySeconds, true);
        Duration left = Duration.ofNanos(TimeUnit.SECONDS.toNanos(awaySeconds) - (System.nanoTime() - gone));
        if (!left.isNegative()) {
            Patience.pause(left);
        }
        progress.step("Giving it back");
        outage.giveBack().run();
        double[] ready = moments(outage, dependents, System.nanoTime(), 2 * READY_AGAIN_SECONDS, false);
        boolean caughtUp = stored.await(steady.acknowledged().size(), Duration.ofMinutes(2));
        progress.step("Ready again" + (caughtUp ? ", and everything is stored" : "; not everything is stored"));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < dependents.size(); i++) {
            rows.add(new Row(outage.name(), dependents.get(i), notReady[i], ready[i]));
        }
        return rows;
    }

    /** When each shows, or no longer shows, that something is away, in seconds; NaN for those that do not in time. */
    private static double[] moments(
            Outage outage, List<ServiceProcess> services, long from, double longest, boolean felt) {
        double[] after = new double[services.size()];
        Arrays.fill(after, Double.NaN);
        boolean unused = Patience.until(Duration.ofMillis((long) (longest * 1_000)), () -> {
            boolean all = true;
            for (int i = 0; i < after.length; i++) {
                if (Double.isNaN(after[i]) && outage.felt().test(services.get(i)) == felt) {
                    after[i] = (System.nanoTime() - from) / (double) TimeUnit.SECONDS.toNanos(1);
                }
                all &= !Double.isNaN(after[i]);
            }
            return all;
        });
        return after;
    }

    private Proof proof(List<Row> rows, List<Promise> promises, int scans) {
        var table = new Table(
                "Seconds from the loss to the first /readyz that says no, and from the return to the first that says yes.",
                "Away",
                "Service",
                "not ready after",
                "ready again after");
        rows.forEach(row -> table.row(
                row.outage(),
                row.service().name(),
                Figures.of(row.notReadyAfter()),
                Figures.of(row.readyAgainAfter())));
        List<Target> targets = new ArrayList<>();
        for (String name : only) {
            targets.add(Target.atMost(
                    name + " away: seconds until the last that needs it is not ready",
                    NOT_READY_SECONDS,
                    slowest(rows, name, Row::notReadyAfter)));
            targets.add(Target.atMost(
                    name + " back: seconds until the last is ready again",
                    READY_AGAIN_SECONDS,
                    slowest(rows, name, Row::readyAgainAfter)));
        }
        return new Proof(
                name() + "-" + mode.text(),
                "Dependencies away, " + mode.text(),
                "Scans come in at a steady rate while one dependency after the other is taken away and given back. The broker"
                        + " and the registry are killed, the database is shut down, the model store's folder is moved.",
                promises,
                targets,
                List.of(table),
                conditions()
                        .put("away for", awaySeconds + " s each")
                        .put("scans", scans + ", " + Figures.of(perSecond) + " a second")
                        .put("engine", "none, 5 ms a scan"));
    }

    private static double slowest(List<Row> rows, String outage, ToDoubleFunction<Row> seconds) {
        // NaN is the largest to Double.compare, and rightly so: it means never.
        return rows.stream()
                .filter(row -> row.outage().equals(outage))
                .mapToDouble(seconds)
                .boxed()
                .max(Double::compare)
                .orElse(Double.NaN);
    }
}
