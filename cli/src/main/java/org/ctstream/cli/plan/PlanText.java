package org.ctstream.cli.plan;

import java.io.PrintWriter;
import java.util.Locale;
import org.ctstream.cli.console.Table;
import org.jspecify.annotations.Nullable;

/** A plan for people. */
final class PlanText {
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private PlanText() {}

    static void print(Plan plan, PrintWriter out) {
        Workload load = plan.workload();
        Fleet fleet = plan.fleet();
        out.printf(
                Locale.ROOT,
                "%,.0f scans an hour are %.1f a second; one worker does %.1f.%n%n",
                load.scansPerHour(),
                load.scansPerSecond(),
                load.engine().capacity());
        new Table("WHAT", "HOW MUCH", "SETTING")
                .row(
                        "workers",
                        fleet.workers() + " (" + fleet.needed() + " needed, " + fleet.spare() + " spare)",
                        "replicas")
                .row("partitions", fleet.partitions(), "topics.partitions; maxReplicaCount in exactly-once mode")
                .row("ingest threads", plan.ingestThreads(), "num.stream.threads over all instances")
                .row("lag to scale out at", plan.lagThreshold() + " records a worker", "lagThreshold")
                .row("disk, all brokers", gigabytes(plan.diskBytes()), "with " + load.replication() + " copies")
                .print(out);
        out.println();
        var topics = new Table("TOPIC", "BYTES A RECORD", "DAYS KEPT", "DISK, ALL COPIES");
        plan.topics()
                .forEach(topic -> topics.row(
                        topic.topic(),
                        topic.recordBytes(),
                        number(topic.retentionDays()),
                        gigabytes(topic.diskBytes())));
        topics.print(out);
        out.println();
        Network net = plan.network();
        out.printf(
                Locale.ROOT,
                "Network in the busiest hour: %.1f Mbit/s into the brokers (%.1f from publishers), %.1f out of them, %.1f"
                        + " between them.%n%n",
                net.intoBrokers() / MEGA,
                net.fromPublishers() / MEGA,
                net.outOfBrokers() / MEGA,
                net.betweenBrokers() / MEGA);
        var times = new Table(
                "AT THE BUSIEST WORKER", "UTILIZATION", "SCANS A BATCH", "MEAN MS", "P50 MS", "P95 MS", "P99 MS");
        row(times, "all up", plan.allUp());
        row(times, "one down", plan.oneDown());
        times.print(out);
        Latency latency = plan.latency();
        out.printf(
                Locale.ROOT,
                "%nPublished to stored: mean %.0f ms, p50 %.0f, p95 %.0f, p99 %.0f at most.%n%nAssumed:%n",
                latency.mean(),
                latency.p50(),
                latency.p95(),
                latency.p99());
        plan.assumptions().forEach(text -> out.println("- " + text));
        out.flush();
    }

    private static void row(Table table, String name, @Nullable Times times) {
        if (times == null) {
            table.row(name, "the rest cannot keep up", "", "", "", "", "");
            return;
        }
        table.row(
                name,
                number(times.utilization() * 100) + " %",
                number(times.meanBatch()),
                number(times.mean() * 1_000),
                number(times.p50() * 1_000),
                number(times.p95() * 1_000),
                number(times.p99() * 1_000));
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f GB", bytes / GIGA);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
