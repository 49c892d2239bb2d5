package org.ctstream.reliability.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.GroupEpochs;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PlatformPlan;
import org.ctstream.reliability.cluster.ServiceProcess;
import org.ctstream.reliability.cluster.WorkerCost;
import org.ctstream.reliability.ledger.Accounting;
import org.ctstream.reliability.ledger.LedgerReader;
import org.ctstream.reliability.ledger.WrittenCount;
import org.ctstream.reliability.load.GreyScans;
import org.ctstream.reliability.load.StoredCount;
import org.ctstream.reliability.program.ModeOption;
import org.ctstream.reliability.program.Patience;
import org.ctstream.reliability.program.Program;
import org.ctstream.reliability.program.Promise;
import org.ctstream.reliability.program.Proof;
import org.ctstream.schemas.topic.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slow}. */
@Command(
        name = "slow",
        description = {
            "Gives one scan to an engine that takes five minutes for it, and to another worker beside it nothing: one"
                    + " result, no rebalance, no redelivery.",
            "The engine is warmed up with one more scan, so that the whole takes twice as long."
        })
public final class SlowProgram extends Program {
    private static final String GROUP = "ctstream-inference-worker";
    private static final String BATCHES = "ctstream_inference_batch_seconds_count";
    private static final String SCAN = "scan-0";
    private static final int STARTING_SECONDS = 60;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    @Mixin
    private ModeOption mode = new ModeOption();

    @Option(names = "--engine-seconds", paramLabel = "S", description = "What a scan costs the engine.")
    private int engineSeconds = 300;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets a further key of the workers, for example -D consumer.max.poll.interval.ms=5000.")
    private Map<String, String> further = new TreeMap<>();

    /** For picocli. */
    public SlowProgram() {}

    @Override
    protected void check() {
        mode.check();
        if (engineSeconds < 1) {
            throw CliException.usage("--engine-seconds " + engineSeconds + " (expected: 1 or more)", null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + 2L * engineSeconds);
    }

    /** What was seen while the engine computed. */
    private record Watched(
            Map<String, Integer> epochsBefore,
            Map<String, Integer> epochsAfter,
            double batches,
            int silences,
            int deaths,
            double seconds) {}

    @Override
    protected Proof prove(Path folder, StackListener progress) throws Exception {
        progress.step("Starting a broker, the schema registry, the sink and two workers, whose engines warm up for "
                + engineSeconds + " s");
        try (var platform = Platform.start(PlatformPlan.small(folder, 1))) {
            Watched watched;
            try (var fleet = Fleet.startingQuickly(platform, progress)) {
                ServiceProcess sink = fleet.add(Role.SINK, "sink-1", Map.of());
                var cost = new WorkerCost(Duration.ofSeconds(engineSeconds), Duration.ZERO, 1);
                var keys = cost.keysAnd(mode.keys());
                keys.putAll(further);
                fleet.add(Role.WORKER, "worker-1", keys);
                fleet.add(Role.WORKER, "worker-2", keys);
                fleet.awaitReady(Duration.ofSeconds(120L + engineSeconds));
                // Members join one after the other; what follows must not be taken for a rebalance.
                Patience.pause(Duration.ofSeconds(5));
                progress.step("The scan is published");
                watched = watch(platform, fleet);
                progress.step("Its result is there");
                // As long again as the engine may be asked anew at once, were the scan delivered again.
                Patience.pause(LOOK_EVERY);
                boolean unused = StoredCount.awaitAll(sink, 1);
            }
            return proof(platform, watched);
        }
    }

    private Watched watch(Platform platform, Fleet fleet) {
        List<ServiceProcess> workers = fleet.of(Role.WORKER);
        Map<String, Integer> before = GroupEpochs.of(platform.connection(), GROUP);
        double batchesBefore = batches(workers);
        int silences = 0;
        long begun = System.nanoTime();
        try (var results = CommittedCount.fromNow(platform.connection(), Topic.SCAN_CLASSIFIED);
                var topic = new NormalizedTopic(platform.connection(), NormalizedSlices.of(GreyScans.of(1)))) {
            topic.publish(1);
            long deadline = begun + TimeUnit.SECONDS.toNanos(3L * engineSeconds + STARTING_SECONDS);
            while (results.poll() < 1 && System.nanoTime() < deadline) {
                silences += (int)
                        workers.stream().filter(worker -> !worker.isLive()).count();
                Patience.pause(LOOK_EVERY);
            }
        }
        return new Watched(
                before,
                GroupEpochs.of(platform.connection(), GROUP),
                batches(workers) - batchesBefore,
                silences,
                fleet.deaths(),
                (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static double batches(List<ServiceProcess> workers) {
        return workers.stream()
                .mapToDouble(worker -> worker.metric(BATCHES, "").orElse(Double.NaN))
                .sum();
    }

    private Proof proof(Platform platform, Watched watched) {
        var promises = new ArrayList<>(Accounting.fromNormalized(LedgerReader.read(platform), List.of(SCAN))
                .results(true)
                .deadLettersOf(Set.of())
                .promises());
        long written = WrittenCount.of(platform.connection(), Topic.SCAN_CLASSIFIED);
        promises.add(Promise.of("One result is ever written", written == 1, written + " written"));
        promises.add(Promise.of(
                "No rebalance: the groups' epochs stay",
                !watched.epochsBefore().isEmpty() && watched.epochsBefore().equals(watched.epochsAfter()),
                watched.epochsBefore() + " before, " + watched.epochsAfter() + " after"));
        promises.add(Promise.of(
                "No redelivery: the engines of both workers compute one batch in all",
                watched.batches() == 1,
                watched.batches() + " batches"));
        promises.add(Promise.of("Both workers stay live", watched.silences() == 0, watched.silences() + " times not"));
        promises.add(Promise.of("No worker ends", watched.deaths() == 0, watched.deaths() + " did"));
        return new Proof(
                name() + "-" + mode.text(),
                "A slow scan, " + mode.text(),
                "One scan, and an engine that takes long for it; a second worker idles beside, ready to take it over.",
                promises,
                List.of(),
                List.of(),
                conditions()
                        .put("engine", "none, " + engineSeconds + " s a scan")
                        .put("from publishing to the result", Math.round(watched.seconds()) + " s")
                        .put("further keys of the workers", further));
    }
}
