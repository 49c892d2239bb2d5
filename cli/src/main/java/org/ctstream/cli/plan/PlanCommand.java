package org.ctstream.cli.plan;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream plan}. */
@Command(
        name = "plan",
        description = {
            "Computes what a stream of scans needs: partitions, workers, ingest threads, disks and network, and how long a"
                    + " scan will take. Asks no cluster; prints what it assumes.",
            ""
        },
        footer = {"", "Example: ctstream plan --scans-per-hour 36000 --gpu-scans-per-second 400 --slices-bytes 300000"})
public final class PlanCommand implements Callable<Integer> {
    private static final double MILLIS = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--scans-per-hour",
            paramLabel = "N",
            required = true,
            description = "Scans (slices) in the busiest hour.")
    private double scansPerHour;

    @Option(
            names = "--gpu-scans-per-second",
            paramLabel = "M",
            required = true,
            description =
                    "Scans per second of one worker with full batches, on a GPU or a processor, as \"ctstream engine"
                            + " bench\" measures it.")
    private double gpuScansPerSecond;

    @Option(names = "--batch-max-size", paramLabel = "N", description = "Largest batch, batch.max.size of the workers.")
    private int maxBatch = 32;

    @Option(
            names = "--lone-scan-ms",
            paramLabel = "MS",
            description = "Milliseconds a worker takes for a batch of one. 0 takes a quarter of a full batch's time.")
    private double loneScanMillis;

    @Option(
            names = "--slices-bytes",
            paramLabel = "BYTES",
            description = "Encoded bytes of a slice as it is published (its claim check, if it has one, has few).")
    private long sliceBytes = 300_000;

    @Option(
            names = "--availability",
            paramLabel = "SHARE",
            description = "Share of the time that enough workers are to be up.")
    private double availability = 0.999;

    @Option(
            names = "--worker-availability",
            paramLabel = "SHARE",
            description = "Share of the time that one worker is up, restarts and upgrades counted.")
    private double workerAvailability = 0.995;

    @Option(
            names = "--utilization",
            paramLabel = "SHARE",
            description = "Most the engines that are needed may be busy in the busiest hour.")
    private double utilization = 0.7;

    @Option(names = "--busy-hours", paramLabel = "N", description = "Hours a day as busy as that, for the disks.")
    private double busyHours = 12;

    @Option(names = "--positives", paramLabel = "SHARE", description = "Share of scans that are classified positive.")
    private double positives = 0.1;

    @Option(names = "--replication", paramLabel = "N", description = "Copies of each record.")
    private int replication = 3;

    @Option(
            names = "--ingest-scans-per-thread",
            paramLabel = "N",
            description = "Scans per second one ingest thread makes.")
    private double ingestScansPerThread = 150;

    @Option(names = "--json", description = "Print everything as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Plan plan;
        try {
            plan = Plan.of(workload());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot plan: " + e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(plan));
            out.flush();
        } else {
            PlanText.print(plan, out);
        }
        return ExitCodes.OK;
    }

    private Workload workload() {
        if (!(gpuScansPerSecond > 0 && gpuScansPerSecond <= 1e6)) {
            throw new IllegalArgumentException(
                    "--gpu-scans-per-second " + gpuScansPerSecond + " (expected: above 0, at most a million)");
        }
        if (maxBatch < 1 || maxBatch > 1_024) {
            throw new IllegalArgumentException("--batch-max-size " + maxBatch + " (expected: 1 to 1024)");
        }
        double full = maxBatch / gpuScansPerSecond;
        double lone = loneScanMillis > 0 ? loneScanMillis / MILLIS : full / 4;
        return new Workload(
                scansPerHour,
                busyHours,
                BatchCost.of(gpuScansPerSecond, lone, maxBatch),
                availability,
                workerAvailability,
                utilization,
                sliceBytes,
                positives,
                replication,
                ingestScansPerThread);
    }
}
