package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.cluster.Cluster;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.benchmarks.cluster.Service;
import org.ctstream.benchmarks.input.InputOptions;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.benchmarks.measure.Interleaved;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.measure.Samples;
import org.ctstream.benchmarks.measure.Trial;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.stack.Role;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.worker.WorkerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ceiling}: how fast a worker is if its engine is not what limits. */
@Command(
        name = "ceiling",
        description =
                "Scans per second of one worker process, normalized to classified and exactly once, with an engine"
                        + " of no cost and with simulated GPUs.")
public final class CeilingProgram extends Program {
    private static final String ENGINE = "none";
    private static final String NO_COST = "engine of no cost";
    private static final String RAW = "plain consumer, reading alone";
    private static final double WANTED_SCANS_PER_SECOND = 2_000;
    private static final double WANTED_SHARE = 0.95;
    private static final int JUDGED_GPU = 2_000;
    private static final int STARTING_SECONDS = 25;
    private static final int WORKER_START_SECONDS = 6;
    /** A JVM has compiled what it will after about 12 s under load on two cores. */
    private static final double WARM_UP_SHARE = 0.5;

    private static final int RUN_SECONDS = 25;

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(names = "--gpus", split = ",", paramLabel = "RATE", description = "Simulated GPUs, in scans per second.")
    private List<Integer> gpus = List.of(500, JUDGED_GPU, 5_000);

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Scans of a run; slower GPUs get as many as they can in 25 seconds.")
    private int count = 50_000;

    @Option(names = "--batch", paramLabel = "N", description = "batch.max.size of the worker.")
    private int batch = 64;

    /** For picocli. */
    public CeilingProgram() {}

    @Override
    protected Duration estimate() {
        double seconds = STARTING_SECONDS;
        for (int gpu : gpus) {
            seconds +=
                    run().repetitions() * (WORKER_START_SECONDS + scans(gpu) / Math.min(gpu, WANTED_SCANS_PER_SECOND));
        }
        seconds += run().repetitions() * (2 * WORKER_START_SECONDS + count / WANTED_SCANS_PER_SECOND);
        return Duration.ofSeconds(Math.round(seconds));
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        NormalizedSlices slices = NormalizedSlices.of(input.scans(run().seed(), 32));
        StoredRelease release = DefaultRelease.in(new ModelStore(folder.resolve("models")));
        Samples rates;
        Map<Integer, Double> devices = new LinkedHashMap<>();
        progress.step("Starting Kafka and the schema registry");
        try (var cluster = Cluster.start(folder.resolve("cluster"));
                var topic = new NormalizedTopic(cluster.connection(), slices)) {
            progress.step("Writing " + count + " normalized scans");
            topic.publish(count);
            var run = new WorkerRuns(cluster, folder, progress);
            Map<String, Trial> trials = new LinkedHashMap<>();
            trials.put(RAW, () -> plainConsumer(cluster));
            trials.put(NO_COST, () -> run.rate(SimulatedCost.NOTHING, count));
            for (int gpu : gpus) {
                SimulatedCost cost = cost(gpu);
                trials.put(gpuName(gpu), () -> run.rate(cost, scans(gpu)));
            }
            for (int gpu : gpus) {
                devices.put(gpu, device(release, slices, gpu));
            }
            rates = Interleaved.run(run().repetitions(), trials, progress::step);
        }
        return section(rates, devices);
    }

    /** Starts workers that each read the whole topic as a group of their own. */
    private final class WorkerRuns {
        private final Cluster cluster;
        private final Path folder;
        private final Progress progress;
        private int started;

        WorkerRuns(Cluster cluster, Path folder, Progress progress) {
            this.cluster = cluster;
            this.folder = folder;
            this.progress = progress;
        }

        double rate(SimulatedCost cost, int scans) {
            String name = "worker-" + ++started;
            Map<String, String> keys = Map.of(
                    WorkerKeys.GROUP_ID, name,
                    WorkerKeys.ENGINE, ENGINE,
                    WorkerKeys.BATCH_MAX_SIZE, Integer.toString(batch),
                    WorkerKeys.SIMULATED_SCAN_MICROS,
                            Long.toString(cost.perScan().toNanos() / 1_000),
                    WorkerKeys.MODEL_STORE, folder.resolve("models").toString());
            try (var results = CommittedCount.fromNow(cluster.connection(), Topic.SCAN_CLASSIFIED);
                    var worker = Service.start(cluster, Role.WORKER, name, keys)) {
                double rate = results.ratePerSecond(
                        Math.max(1, Math.round(scans * WARM_UP_SHARE)), scans, seen -> worker.requireAlive());
                progress.step(String.format(
                        "%s, %d us per scan: %s scans/s", name, cost.perScan().toNanos() / 1_000, Figures.of(rate)));
                return rate;
            }
        }
    }

    private double plainConsumer(Cluster cluster) {
        try (var records = CommittedCount.fromBeginning(cluster.connection(), Topic.SCAN_NORMALIZED)) {
            return records.ratePerSecond(Math.max(1, Math.round(count * WARM_UP_SHARE)), count, seen -> {});
        }
    }

    /** The simulated device by itself: the operating system adds a little to every wait. */
    private double device(StoredRelease release, NormalizedSlices slices, int gpu) {
        var options = EngineOptions.defaults().withMaxBatch(batch).withSimulatedCost(cost(gpu));
        try (var engine = new BareEngine(ENGINE, release, options, slices)) {
            return engine.scansPerSecond(Duration.ofSeconds(1));
        }
    }

    private static SimulatedCost cost(int gpu) {
        return SimulatedCost.ofMicros(0, TimeUnit.SECONDS.toMicros(1) / gpu);
    }

    private int scans(int gpu) {
        return Math.min(count, RUN_SECONDS * gpu);
    }

    private static String gpuName(int gpu) {
        return "simulated GPU of " + gpu + " scans/s";
    }

    private Section section(Samples rates, Map<Integer, Double> devices) {
        Sample free = rates.of(NO_COST);
        var targets = new ArrayList<Target>();
        targets.add(Target.atLeast("scans/s of one worker, engine of no cost", WANTED_SCANS_PER_SECOND, free.median()));
        var table =
                new Table("Scans per second, median (min).", "", "worker", "device by itself", "worker over device");
        table.row(RAW, Figures.medianAndMin(rates.of(RAW)), "", "");
        table.row(
                NO_COST,
                Figures.medianAndMin(free),
                "",
                Figures.ratios(free.over(rates.of(RAW))) + " of reading alone");
        devices.forEach((gpu, device) -> {
            Sample rate = rates.of(gpuName(gpu));
            Sample share = rate.times(1 / device);
            table.row(gpuName(gpu), Figures.medianAndMin(rate), Figures.of(device), Figures.ratios(share));
            if (gpu == JUDGED_GPU) {
                targets.add(Target.atLeast(
                        "share of a simulated GPU of " + gpu + " scans/s that one worker uses",
                        WANTED_SHARE,
                        share.median()));
            }
        });
        return new Section(
                name(),
                "Worker ceiling",
                "The topic of normalized scans is filled first; then a worker in a process of its own reads all of it and"
                        + " commits every result in transactions. The rate is that of the results a read_committed"
                        + " consumer sees, after the first "
                        + Math.round(WARM_UP_SHARE * 100) + " % of them. Broker, worker and that consumer share this"
                        + " machine's cores.",
                targets,
                List.of(table),
                List.of(),
                conditions()
                        .put("worker", "engine none, batch.max.size " + batch)
                        .put("scans of a run", count + ", fewer for slow devices")
                        .put("partitions", Topic.SCAN_NORMALIZED.spec().partitions()));
    }
}
