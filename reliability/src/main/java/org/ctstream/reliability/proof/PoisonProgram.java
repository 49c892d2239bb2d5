package org.ctstream.reliability.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.reliability.cluster.Fleet;
import org.ctstream.reliability.cluster.Platform;
import org.ctstream.reliability.cluster.PlatformPlan;
import org.ctstream.reliability.cluster.ServiceProcess;
import org.ctstream.reliability.cluster.WorkerCost;
import org.ctstream.reliability.ledger.Accounting;
import org.ctstream.reliability.ledger.LedgerReader;
import org.ctstream.reliability.ledger.WrittenCount;
import org.ctstream.reliability.load.PoisonedFlow;
import org.ctstream.reliability.load.StoredCount;
import org.ctstream.reliability.program.ModeOption;
import org.ctstream.reliability.program.Program;
import org.ctstream.reliability.program.Promise;
import org.ctstream.reliability.program.Proof;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.worker.WorkerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poison}. */
@Command(
        name = "poison",
        description = "Puts one bad record into each batch of 32: 31 results in the first pass, one dead letter, no"
                + " restart.")
public final class PoisonProgram extends Program {
    private static final int STARTING_SECONDS = 45;

    @Mixin
    private ModeOption mode = new ModeOption();

    @Option(names = "--batches", paramLabel = "N", description = "Batches, one after the other.")
    private int batches = 100;

    @Option(names = "--size", paramLabel = "N", description = "Records of a batch, one of them bad.")
    private int size = 32;

    /** For picocli. */
    public PoisonProgram() {}

    @Override
    protected void check() {
        mode.check();
        if (batches < 1 || size < 2) {
            throw CliException.usage(
                    "--batches " + batches + " --size " + size + " (expected: 1 or more, 2 or more)", null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + batches / 2);
    }

    @Override
    protected Proof prove(Path folder, StackListener progress) throws Exception {
        progress.step("Starting a broker, the schema registry, a worker and the sink");
        // One partition: the worker reads each batch as it was written.
        try (var platform = Platform.start(PlatformPlan.small(folder, 1));
                var flow = new PoisonedFlow(platform.connection())) {
            int launches;
            try (var fleet = Fleet.startingQuickly(platform, progress)) {
                ServiceProcess sink = fleet.add(Role.SINK, "sink-1", Map.of());
                ServiceProcess worker = fleet.add(Role.WORKER, "worker-1", workerKeys());
                fleet.awaitReady();
                publish(platform, flow, progress);
                boolean unused = StoredCount.awaitAll(sink, flow.good().size());
                launches = worker.launches() + sink.launches();
            }
            return proof(platform, flow, launches);
        }
    }

    private Map<String, String> workerKeys() {
        var keys = WorkerCost.ofScan(Duration.ofMillis(1), size).keysAnd(mode.keys());
        keys.put(WorkerKeys.BATCH_MAX_WAIT_MS, "100");
        return keys;
    }

    private void publish(Platform platform, PoisonedFlow flow, StackListener progress) {
        try (var results = CommittedCount.fromNow(platform.connection(), Topic.SCAN_CLASSIFIED)) {
            for (int i = 0; i < batches; i++) {
                flow.publish(size);
                results.await(flow.good().size(), seen -> {});
            }
        }
        progress.step(batches + " batches are classified");
    }

    private Proof proof(Platform platform, PoisonedFlow flow, int launches) {
        var promises = new ArrayList<>(Accounting.fromNormalized(LedgerReader.read(platform), flow.good())
                .results(true)
                .deadLettersOf(flow.poison())
                .promises());
        long written = WrittenCount.of(platform.connection(), Topic.SCAN_CLASSIFIED);
        promises.add(Promise.of(
                "The good ones of each batch come in the first pass: nothing is written twice, nor taken back",
                written == flow.good().size(),
                written + " results ever written, " + flow.good().size() + " good records"));
        promises.add(Promise.of("No restart", launches == 2, launches + " starts of worker and sink"));
        return new Proof(
                name() + "-" + mode.text(),
                "Poison, " + mode.text(),
                "In each batch one record cannot be classified: no record at all, an unknown schema, cut off, too few"
                        + " pixels, no value, in turn.",
                promises,
                List.of(),
                List.of(),
                conditions().put("batches", batches + " of " + size));
    }
}
