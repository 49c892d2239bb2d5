package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.benchmarks.cluster.Cluster;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.benchmarks.cluster.LiveHeap;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.benchmarks.cluster.Service;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.worker.WorkerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code swaps}: memory of a worker over many hot swaps. */
@Command(name = "swaps", description = "Resident memory of one worker while releases are promoted in turn.")
public final class SwapsProgram extends StreamProgram {
    private static final int STARTING_SECONDS = 30;
    private static final double EXPECTED_SECONDS_PER_SWAP = 2.2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--count", paramLabel = "N", description = "Swaps that count, after the warm-up.")
    private int count = 100;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "Swaps before them: until every thread that loads a network has had its share of glibc's arenas.")
    private int warmUp = 100;

    @Option(names = "--scans-per-swap", paramLabel = "N", description = "Scans classified between two swaps.")
    private int scansPerSwap = 8;

    /** For picocli. */
    public SwapsProgram() {}

    @Override
    protected void check() {
        super.check();
        if (count < 5) {
            throw CliException.usage("--count " + count + " (expected: 5 or more, or there is nothing to see)", null);
        }
        if (warmUp < 1) {
            throw CliException.usage("--warm-up " + warmUp + " (expected: 1 or more)", null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + Math.round((warmUp + count) * EXPECTED_SECONDS_PER_SWAP));
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        NormalizedSlices slices = NormalizedSlices.of(input().scans(run().seed(), 16));
        var store = new ModelStore(folder.resolve("models"));
        StoredRelease first = release().in(store);
        List<ModelRelease> releases = List.of(
                first.release(),
                again(store, first, first.release().version() + "-again").release());
        progress.step("Starting Kafka, the schema registry and a worker");
        try (var cluster = Cluster.start(folder.resolve("cluster"));
                var announcer = ReleaseAnnouncer.open(
                        cluster.connection().producer(), cluster.connection().serializers());
                var topic = new NormalizedTopic(cluster.connection(), slices);
                var results = CommittedCount.fromNow(cluster.connection(), Topic.SCAN_CLASSIFIED)) {
            announcer.announce(releases.get(0), ModelStage.PRODUCTION, store.root());
            Map<String, String> keys = new TreeMap<>(worker().keys());
            keys.put(WorkerKeys.MODEL_STORE, store.root().toString());
            try (var service = Service.start(cluster, Role.WORKER, "worker-1", keys, Role.WORKER.wholeHeap())) {
                var watch = new MemoryWatch(service.pid(), "swaps");
                var millis = new ArrayList<Double>();
                double before = 0;
                for (int i = 1; i <= warmUp + count; i++) {
                    ModelRelease wanted = releases.get(i % 2);
                    long begun = System.nanoTime();
                    announcer.announce(wanted, ModelStage.PRODUCTION, store.root());
                    awaitServing(service, wanted);
                    millis.add((System.nanoTime() - begun) / 1e6);
                    topic.publish(scansPerSwap);
                    results.await(topic.sent(), seen -> service.requireAlive());
                    watch.note(i);
                    if (i == warmUp) {
                        before = LiveHeap.mebibytes(service.pid());
                    }
                    progress.count("Swaps", i, warmUp + count);
                }
                return section(watch, LiveGrowth.since(before, service.pid()), first.release(), Sample.of(millis));
            }
        }
    }

    private static void awaitServing(Service service, ModelRelease wanted) throws InterruptedException {
        String note = "serving " + wanted.id() + " (";
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String body = "";
        while (System.nanoTime() - deadline < 0) {
            service.requireAlive();
            body = service.pages().get("/readyz").body();
            if (body.contains(note)) {
                return;
            }
            Thread.sleep(50);
        }
        throw CliException.failure(
                "The worker does not serve " + wanted.id() + " after " + PATIENCE.toSeconds() + " s; it says " + body,
                null);
    }

    /** The same weights under another version. */
    private static StoredRelease again(ModelStore store, StoredRelease stored, String version) {
        ModelRelease release = stored.release();
        return store.save(
                new ModelRelease(
                        release.name(),
                        version,
                        release.description(),
                        release.architecture(),
                        release.sha256(),
                        release.height(),
                        release.width(),
                        release.mean(),
                        release.standardDeviation(),
                        release.classes(),
                        release.threshold(),
                        release.trained(),
                        release.metrics(),
                        release.lineage(),
                        Instant.EPOCH),
                SafeTensors.read(stored.weights()));
    }

    private Section section(MemoryWatch watch, LiveGrowth live, ModelRelease model, Sample millis) {
        return new Section(
                name(),
                "Memory over many hot swaps",
                "Two releases of the same network are promoted in turn; after each swap the worker, in a process of its"
                        + " own, classifies " + scansPerSwap + " scans and its resident memory is read. The first fifth"
                        + " is warm-up. The heap is in memory as a whole from the start, so that growth is what the heap"
                        + " does not hold; what it holds is counted after a full collection, once after the warm-up and"
                        + " once at the end. A swap took " + Figures.medianAndMin(millis)
                        + " ms from the announcement until the worker said that it serves the other release.",
                List.of(watch.target(warmUp), live.target()),
                List.of(watch.table(warmUp, 10)),
                List.of(),
                conditions(1)
                        .put("worker", worker().text())
                        .put("release", model.id())
                        .put("swaps", count + " after " + warmUp + " to warm up")
                        .put("heap", String.join(" ", Role.WORKER.wholeHeap()))
                        .put("reachable on the heap, MiB", live.text()));
    }
}
