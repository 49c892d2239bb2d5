package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.cluster.Cluster;
import org.ctstream.benchmarks.cluster.CommittedCount;
import org.ctstream.benchmarks.cluster.LiveHeap;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.benchmarks.cluster.Service;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.worker.WorkerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code soak}: memory of a worker over many scans. */
@Command(name = "soak", description = "Resident memory of one worker while it classifies many scans.")
public final class SoakProgram extends StreamProgram {
    private static final int STARTING_SECONDS = 30;
    private static final int EXPECTED_SCANS_PER_SECOND = 42;
    /** Scans that wait on the topic: enough for full batches, few enough to keep Kafka's memory out of it. */
    private static final int AHEAD = 256;

    private static final double WARM_UP_SHARE = 0.2;

    @Option(names = "--count", paramLabel = "N", description = "Scans in all.")
    private int count = 20_000;

    /** For picocli. */
    public SoakProgram() {}

    @Override
    protected void check() {
        super.check();
        if (count < 100) {
            throw CliException.usage("--count " + count + " (expected: 100 or more, or there is nothing to see)", null);
        }
    }

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + count / EXPECTED_SCANS_PER_SECOND);
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        NormalizedSlices slices = NormalizedSlices.of(input().scans(run().seed(), 64));
        StoredRelease model = release().in(new ModelStore(folder.resolve("models")));
        progress.step("Starting Kafka, the schema registry and a worker");
        try (var cluster = Cluster.start(folder.resolve("cluster"));
                var topic = new NormalizedTopic(cluster.connection(), slices);
                var results = CommittedCount.fromNow(cluster.connection(), Topic.SCAN_CLASSIFIED);
                var service =
                        Service.start(cluster, Role.WORKER, "worker-1", keys(folder, model), Role.WORKER.wholeHeap())) {
            var watch = new MemoryWatch(service.pid(), "scans");
            long begun = System.nanoTime();
            classify((int) (count * WARM_UP_SHARE), topic, results, service, watch, progress);
            double before = LiveHeap.mebibytes(service.pid());
            classify(count, topic, results, service, watch, progress);
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
            return section(watch, LiveGrowth.since(before, service.pid()), model, count / seconds);
        }
    }

    /** Until so many are classified in all, and none is in the worker's hands. */
    private void classify(
            int all,
            NormalizedTopic topic,
            CommittedCount results,
            Service service,
            MemoryWatch watch,
            Progress progress) {
        while (results.count() < all) {
            service.requireAlive();
            topic.publish((int) Math.min(AHEAD, Math.min(all, results.count() + AHEAD) - topic.sent()));
            results.await(Math.min(topic.sent(), results.count() + AHEAD / 2), seen -> service.requireAlive());
            watch.note((double) results.count());
            progress.count("Scans", results.count(), count);
        }
    }

    private Map<String, String> keys(Path folder, StoredRelease model) {
        var keys = new TreeMap<>(worker().keys());
        keys.put(WorkerKeys.MODEL_STORE, folder.resolve("models").toString());
        keys.put(WorkerKeys.MODEL_NAME, model.release().name());
        keys.put(WorkerKeys.MODEL_VERSION, model.release().version());
        return keys;
    }

    private Section section(MemoryWatch watch, LiveGrowth live, StoredRelease model, double rate) {
        double warmUp = count * WARM_UP_SHARE;
        return new Section(
                name(),
                "Memory over many scans",
                "One worker in a process of its own classifies scans without a pause; its resident memory is read as the"
                        + " results come. The first fifth is warm-up. Its heap is in memory as a whole from the start, so"
                        + " that growth is what the heap does not hold; what the heap holds is counted after a full"
                        + " collection, once after the warm-up and once at the end, with no scan in hand.",
                List.of(watch.target(warmUp), live.target()),
                List.of(watch.table(warmUp, 1_000)),
                List.of(),
                conditions(1)
                        .put("worker", worker().text())
                        .put("release", model.release().id())
                        .put("scans", count)
                        .put("scans per second", Math.round(rate))
                        .put("heap", String.join(" ", Role.WORKER.wholeHeap()))
                        .put("reachable on the heap, MiB", live.text()));
    }
}
