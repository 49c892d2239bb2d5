package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.benchmarks.cluster.Cluster;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.benchmarks.cluster.Service;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.benchmarks.input.InputOptions;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.stack.Role;
import org.ctstream.ingest.IngestKeys;
import org.ctstream.schemas.topic.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ingest}: the running service against a bare loop of decode and resize. */
@Command(
        name = "ingest",
        description =
                "Scans per second of the running ingest service, over a bare loop of decode and resize on the same"
                        + " files.")
public final class IngestProgram extends Program {
    private static final double WANTED = 0.85;
    private static final int STARTING_SECONDS = 25;
    private static final int SERVICE_START_SECONDS = 5;
    private static final int EXPECTED_SCANS_PER_SECOND = 250;

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(names = "--count", paramLabel = "N", description = "Scans of a repetition that count.")
    private int count = 4_000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Scans before those, in each repetition: the service's JVM starts anew each time.")
    private int warmUp = 14_000;

    @Option(names = "--loop-seconds", paramLabel = "N", description = "Length of each run of the bare loop.")
    private int loopSeconds = 6;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of the service, and of the bare loop. With as many as there are cores the broker takes"
                            + " its share of those that decode.")
    private int threads = 1;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Sets a further key of ingest.")
    private Map<String, String> further = new TreeMap<>();

    /** For picocli. */
    public IngestProgram() {}

    @Override
    protected Duration estimate() {
        long each = loopSeconds + SERVICE_START_SECONDS + (count + (long) warmUp) / EXPECTED_SCANS_PER_SECOND;
        return Duration.ofSeconds(STARTING_SECONDS + 2L * loopSeconds + run().repetitions() * each);
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        EncodedScans scans = input.scans(run().seed(), 64);
        var loop = new DecodeLoop(scans, threads);
        var service = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        progress.step("Starting Kafka and the schema registry");
        try (var cluster = Cluster.start(folder.resolve("cluster"))) {
            progress.step("Publishing " + (warmUp + count) + " scans");
            ReceivedTopic.fill(cluster.connection(), scans, warmUp + count);
            loop.scansPerSecond(Duration.ofSeconds(loopSeconds)); // compiles
            double before = loop.scansPerSecond(Duration.ofSeconds(loopSeconds));
            for (int i = 0; i < run().repetitions(); i++) {
                service.add(serviceRate(cluster, i));
                double after = loop.scansPerSecond(Duration.ofSeconds(loopSeconds));
                bare.add((before + after) / 2);
                before = after;
                progress.step("Repetition " + (i + 1) + ": ingest " + Figures.of(service.get(i))
                        + " scans/s, bare loop " + Figures.of(bare.get(i)));
            }
        }
        return section(scans, Sample.of(service), Sample.of(bare));
    }

    private double serviceRate(Cluster cluster, int repetition) {
        String name = "ingest-" + repetition;
        var keys = new TreeMap<>(further);
        keys.put(IngestKeys.APPLICATION_ID, name);
        keys.put(IngestKeys.STREAM_THREADS, Integer.toString(threads));
        keys.put("streams.state.dir", cluster.folder().resolve("streams").toString());
        try (var normalized = CommittedCount.fromNow(cluster.connection(), Topic.SCAN_NORMALIZED);
                var ingest = Service.start(cluster, Role.INGEST, name, keys)) {
            return normalized.ratePerSecond(warmUp, (long) warmUp + count, seen -> ingest.requireAlive());
        }
    }

    private Section section(EncodedScans scans, Sample service, Sample bare) {
        Sample ratio = service.over(bare);
        return new Section(
                name(),
                "Ingest",
                "The topic of received scans is filled first; then ingest in a process of its own makes normalized scans"
                        + " of all of them, exactly once, while a read_committed consumer counts. Over a bare loop of"
                        + " decode and resize on the same files, with as many threads, measured before and after each"
                        + " repetition. Broker, service and consumer share this machine's cores.",
                List.of(Target.atLeast("ingest over bare decode and resize, scans/s", WANTED, ratio.median())),
                List.of(new Table(
                                "Scans per second, median (min), and the ratio in each repetition.",
                                "",
                                "scans/s",
                                "over the bare loop")
                        .row("bare decode and resize", Figures.medianAndMin(bare), "1")
                        .row("ingest", Figures.medianAndMin(service), Figures.ratios(ratio))),
                List.of(),
                conditions()
                        .put("threads", threads)
                        .put("ingest", further.isEmpty() ? "default configuration" : further)
                        .put("scans", scans.description())
                        .put("scans of a repetition", count + " after " + warmUp + " to warm up"));
    }
}
