package org.ctstream.reliability.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PlatformPlan;
import org.ctstream.reliability.cluster.WorkerCost;
import org.ctstream.reliability.ledger.Accounting;
import org.ctstream.reliability.ledger.Ledger;
import org.ctstream.reliability.ledger.LedgerReader;
import org.ctstream.reliability.load.GreyScans;
import org.ctstream.reliability.load.ScanFlow;
import org.ctstream.reliability.load.StoredCount;
import org.ctstream.reliability.program.ModeOption;
import org.ctstream.reliability.program.Patience;
import org.ctstream.reliability.program.Program;
import org.ctstream.reliability.program.Promise;
import org.ctstream.reliability.program.Proof;
import org.ctstream.reliability.storm.FencingSigns;
import org.ctstream.reliability.storm.Storm;
import org.ctstream.reliability.storm.StormPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code storm}. */
@Command(
        name = "storm",
        description = {
            "Strikes workers, ingest, the sink and one broker at a time with kill -9 while scans flow, and counts in the"
                    + " end: every scan stored once, none missing, none twice, each positive one alerted once.",
            "With --folder it can be stopped and started again, and goes on with the scans that are left."
        })
public final class StormProgram extends Program {
    private static final int SCANS_PER_SECOND_IN_A_STORM = 25;
    private static final int STARTING_SECONDS = 90;
    private static final int HANDFUL = 25;
    private static final Duration LULL = Duration.ofSeconds(45);
    private static final Duration STUCK = Duration.ofMinutes(4);

    @Mixin
    private ModeOption mode = new ModeOption();

    @Mixin
    private StormPlan plan = new StormPlan();

    @Option(names = "--count", paramLabel = "N", description = "Scans in all.")
    private int count = 20_000;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "Kafka nodes. With fewer than 3 none of them is struck.")
    private int brokers = 3;

    @Option(names = "--workers", paramLabel = "N", description = "Inference workers.")
    private int workers = 3;

    @Option(names = "--ingests", paramLabel = "N", description = "Ingest services.")
    private int ingests = 2;

    @Option(names = "--ahead", paramLabel = "N", description = "Most scans published and not yet stored.")
    private int ahead = 1_000;

    @Option(
            names = "--least-blows",
            paramLabel = "N",
            description = "Blows there must have been before the last scans are published.")
    private int leastBlows = 12;

    @Option(names = "--scan-micros", paramLabel = "N", description = "What a scan costs the engine, in microseconds.")
    private long scanMicros = 2_000;

    @Option(names = "--postgres", description = "PostgreSQL as the sink's database, else H2 inside the sink.")
    private boolean postgres;

    /** For picocli. */
    public StormProgram() {}

    @Override
    protected void check() {
        mode.check();
        plan.check();
        if (count < 1 || workers < 1 || ingests < 1 || ahead < 1 || leastBlows < 1) {
            throw CliException.usage(
                    "--count " + count + " --workers " + workers + " --ingests " + ingests + " --ahead " + ahead
                            + " --least-blows " + leastBlows + " (expected: 1 or more each)",
                    null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + count / SCANS_PER_SECOND_IN_A_STORM);
    }

    @Override
    protected Proof prove(Path folder, StackListener progress) throws Exception {
        progress.step("Starting " + brokers + " brokers, the schema registry and the database");
        var platformPlan = PlatformPlan.small(folder, 0).withBrokers(brokers).withPostgres(postgres);
        try (var platform = Platform.start(platformPlan)) {
            Outcome outcome = storm(platform, progress);
            progress.step("Counting what is on the topics and in the database");
            return proof(platform, outcome, LedgerReader.read(platform));
        }
    }

    /** What is known before the count. */
    private record Outcome(Set<String> acknowledged, List<String> refused, Storm storm, int deaths, Duration took) {}

    private Outcome storm(Platform platform, StackListener progress) {
        try (var fleet = Fleet.startingQuickly(platform, progress)) {
            launch(fleet);
            fleet.awaitReady();
            progress.step("Ready; publishing " + count + " scans into the storm");
            long begun = System.nanoTime();
            try (var flow = ScanFlow.open(
                            platform.connection(),
                            GreyScans.of(64),
                            platform.plan().folder().resolve("acknowledged.txt"));
                    var stored = new StoredCount(fleet.of(Role.SINK).get(0));
                    var storm = new Storm(
                            platform, fleet, plan, run().seed(), platform.logs().resolve("storm.log"), progress)) {
                storm.begin();
                rage(flow, stored, storm, progress);
                storm.end();
                progress.step("Calm after " + storm.tally().blows() + " blows; waiting for what is left");
                boolean unused = stored.await(flow.acknowledged().size(), STUCK);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                return new Outcome(flow.acknowledged(), flow.refused(), storm, fleet.deaths(), took);
            }
        }
    }

    private void launch(Fleet fleet) {
        // Slices of 50 kB on three brokers: their compression is worth its while on one disk.
        Map<String, String> compressed = Map.of("streams.producer.compression.type", "lz4");
        for (int i = 1; i <= ingests; i++) {
            fleet.add(Role.INGEST, "ingest-" + i, compressed);
        }
        var cost = WorkerCost.ofScan(Duration.ofNanos(scanMicros * 1_000), 8);
        for (int i = 1; i <= workers; i++) {
            fleet.add(Role.WORKER, "worker-" + i, cost.keysAnd(mode.keys()));
        }
        fleet.add(Role.SINK, "sink-1", Map.of());
    }

    private void rage(ScanFlow flow, StoredCount stored, Storm storm, StackListener progress) {
        long told = System.nanoTime();
        while (stored.now() < count - count / HANDFUL) {
            long blows = storm.tally().blows();
            long due = blows >= leastBlows ? count : count * (blows + 1) / (leastBlows + 1);
            long room = Math.min(due - flow.sent(), ahead - (flow.sent() - stored.now()));
            if (room > 0) {
                flow.publish((int) Math.min(room, HANDFUL));
            } else {
                Patience.pause(Duration.ofMillis(100));
            }
            storm.holdUp(stored.standingStill().compareTo(LULL) > 0);
            if (System.nanoTime() - told > Duration.ofSeconds(15).toNanos()) {
                told = System.nanoTime();
                progress.step(stored.now() + " of " + count + " stored, " + flow.sent() + " published, "
                        + storm.tally().blows() + " blows");
            }
            if (stored.standingStill().compareTo(STUCK) > 0) {
                progress.trouble("Nothing was stored for " + STUCK.toSeconds() + " s; the storm ends early");
                break;
            }
        }
        while (flow.sent() < count) {
            flow.publish((int) Math.min(count - flow.sent(), HANDFUL));
        }
        flow.flush();
    }

    private Proof proof(Platform platform, Outcome outcome, Ledger ledger) {
        List<Promise> promises = new ArrayList<>();
        promises.add(Promise.of(
                "As many scans were published as asked for",
                outcome.acknowledged().size() + outcome.refused().size() >= count,
                outcome.acknowledged().size() + " acknowledged, "
                        + outcome.refused().size() + " not"));
        promises.addAll(Accounting.fromReceived(ledger, outcome.acknowledged())
                .results(!mode.isQueue())
                .deadLettersOf(Set.of())
                .promises());
        var tally = outcome.storm().tally();
        promises.add(Promise.of(
                "The storm struck every kind of service" + (brokers > 2 ? " and a broker" : ""),
                List.of("worker", "ingest", "sink").stream()
                                .allMatch(kind -> tally.kills(kind) + tally.pauses(kind) > 0)
                        && (brokers < 3 || tally.kills("broker") + tally.pauses("broker") > 0),
                tally.blows() + " blows"));
        return new Proof(
                name() + "-" + mode.text() + (plan.pauses() ? "-pauses" : "") + (postgres ? "-postgres" : ""),
                "Storm, " + mode.text() + (plan.pauses() ? ", with pauses" : "") + (postgres ? ", PostgreSQL" : ""),
                "Scans flow through the whole product while its processes are struck one after the other; when it is calm"
                        + " again and every process has ended, the topics and the database are counted.",
                promises,
                List.of(),
                List.of(tally.table(), figures(ledger, outcome), FencingSigns.table(platform.logs())),
                conditions()
                        .put("storm", plan.text())
                        .put("brokers", brokers + ", replication " + Math.min(brokers, 3))
                        .put("services", ingests + " ingest, " + workers + " workers, 1 sink")
                        .put("database", platform.database().text())
                        .put("engine", "none, " + scanMicros + " microseconds a scan")
                        .put("time from first scan to calm", outcome.took().toSeconds() + " s"));
    }

    private static Table figures(Ledger ledger, Outcome outcome) {
        return new Table("Figures.", "", "")
                .row("scans on the topic of received scans", ledger.received().sum())
                .row("results committed on the topic", ledger.classified().sum())
                .row(
                        "results beyond the first of a scan on the topic",
                        ledger.classified().sum() - ledger.classified().scans().size())
                .row("results stored", ledger.stored().size())
                .row("alerts", ledger.alerted().sum())
                .row("services that ended by themselves and were started again", outcome.deaths());
    }
}
