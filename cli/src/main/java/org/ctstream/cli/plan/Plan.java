package org.ctstream.cli.plan;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a workload needs, with everything that was assumed.
 *
 * @param allUp times at the busiest worker while all are up
 * @param oneDown the same with one worker less; null if there is but one, or the others cannot keep up
 * @param lagThreshold records of lag per worker at which an autoscaler should add one
 */
@JsonPropertyOrder({
    "workload",
    "fleet",
    "ingestThreads",
    "allUp",
    "oneDown",
    "latency",
    "topics",
    "diskBytes",
    "network",
    "lagThreshold",
    "assumptions"
})
record Plan(
        Workload workload,
        Fleet fleet,
        int ingestThreads,
        Times allUp,
        @Nullable Times oneDown,
        Latency latency,
        List<TopicDisk> topics,
        long diskBytes,
        Network network,
        long lagThreshold,
        List<String> assumptions) {
    private static final double INGEST_UTILIZATION = 0.7;

    /** A worker that is this far behind needs help: the time a new one takes to start and warm up. */
    private static final double LAG_SECONDS = 10;

    /** @throws IllegalArgumentException if the workload cannot be planned for */
    static Plan of(Workload load) {
        Fleet fleet = Fleet.of(load);
        int threads = (int)
                Math.max(1, Math.ceil(load.scansPerSecond() / (load.ingestScansPerThread() * INGEST_UTILIZATION)));
        Times allUp = BulkQueue.of(load.scansPerSecond() * fleet.largestShare(fleet.workers()), load.engine());
        List<TopicDisk> topics = TopicDisk.of(load);
        return new Plan(
                load,
                fleet,
                threads,
                allUp,
                oneDown(load, fleet),
                Latency.of(load, allUp, threads),
                topics,
                topics.stream().mapToLong(TopicDisk::diskBytes).sum(),
                Network.of(load, topics),
                Math.max(1, Math.round(load.engine().capacity() * load.mostUtilization() * LAG_SECONDS)),
                assumptions(load));
    }

    private static @Nullable Times oneDown(Workload load, Fleet fleet) {
        int up = fleet.workers() - 1;
        if (up < 1) {
            return null;
        }
        double rate = load.scansPerSecond() * fleet.largestShare(up);
        return rate < load.engine().capacity() * 0.99 ? BulkQueue.of(rate, load.engine()) : null;
    }

    private static List<String> assumptions(Workload load) {
        var all = new ArrayList<String>();
        all.add(
                "Scans arrive at random (Poisson) in the busiest hour, and their ids spread evenly over the partitions. "
                        + "A series published at once is a burst: its last slice waits for all before it.");
        all.add(String.format(
                Locale.ROOT,
                "A batch takes %.2f ms and %.3f ms for each scan, always (from --gpu-scans-per-second and"
                        + " --lone-scan-ms; measure with \"ctstream engine bench\").",
                load.engine().fixedSeconds() * 1_000,
                load.engine().scanSeconds() * 1_000));
        all.add("Exactly-once mode: each worker has its partitions to itself. In queue mode workers share them, and"
                + " latencies are at most these.");
        all.add(String.format(
                Locale.ROOT, "A worker is up %.3f %% of the time, each by itself.", load.workerAvailability() * 100));
        all.add(String.format(
                Locale.ROOT,
                "An ingest thread makes %.0f scans/s and is busy %.0f %% of the time at most (measured: 179 on a core that"
                        + " broker and client shared).",
                load.ingestScansPerThread(),
                INGEST_UTILIZATION * 100));
        all.add("Publisher, ingest, Kafka and sink take 33 ms (p50) and 50 ms (p99) for a lone scan, as measured on two"
                + " cores; in a crowd up to 250 ms more until ingest commits (commit.interval.ms).");
        all.add(
                "Records are stored uncompressed; disks have a quarter more than the records, for indexes and the segment"
                        + " that is not deleted yet. Dead letters, labels and models are not counted.");
        return all;
    }
}
