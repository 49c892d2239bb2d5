package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.cluster.ServicePages;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.CliException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latency}: a lone scan's way through the stream. */
@Command(
        name = "latency",
        description = "One scan every two seconds: time from published to stored, less the engine's own.")
public final class LatencyProgram extends StreamProgram {
    private static final double WANTED_P50_MS = 25;
    private static final double WANTED_P99_MS = 100;
    private static final int STARTING_SECONDS = 40;
    private static final int EXPECTED_SCANS_PER_SECOND = 30;
    private static final String ENGINE_SECONDS = "ctstream_inference_batch_seconds_sum";
    private static final String ENGINE_BATCHES = "ctstream_inference_batch_seconds_count";
    private static final double MILLIS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--count", paramLabel = "N", description = "Scans to measure, one after the other.")
    private int count = 100;

    @Option(names = "--interval-ms", paramLabel = "MS", description = "Time between two scans.")
    private int intervalMs = 2_000;

    @Option(names = "--warm-up", paramLabel = "N", description = "Scans published together at the beginning.")
    private int warmUp = 2_500;

    /** For picocli. */
    public LatencyProgram() {}

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(
                STARTING_SECONDS + warmUp / EXPECTED_SCANS_PER_SECOND + (long) count * intervalMs / 1_000);
    }

    /** One scan, in milliseconds. */
    private record Measured(double total, double engine) {}

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        EncodedScans scans = input().scans(run().seed(), 64);
        var measured = new ArrayList<Measured>();
        try (var whole =
                WholeStream.start(folder.resolve("stack"), worker(), release().choice(), progress)) {
            progress.step("Warming up with " + warmUp + " scans");
            whole.publishAndAwait(scans, warmUp);
            ServicePages pages = whole.workerPages();
            double engineBefore = pages.metric(ENGINE_SECONDS);
            double batchesBefore = pages.metric(ENGINE_BATCHES);
            long next = System.nanoTime();
            for (int i = 0; i < count; i++) {
                next += TimeUnit.MILLISECONDS.toNanos(intervalMs);
                sleepUntil(next);
                String scanId = whole.publish(scans.get(i));
                // Nobody asks for it while it is on its way: the question would be measured too.
                sleepUntil(next + TimeUnit.MILLISECONDS.toNanos(intervalMs / 2));
                StoredResults.Result result = await(whole, scanId);
                double engine = pages.metric(ENGINE_SECONDS);
                double batches = pages.metric(ENGINE_BATCHES);
                if (Math.round(batches - batchesBefore) != 1) {
                    throw CliException.failure(
                            "The worker counted " + (batches - batchesBefore) + " batches for one scan (expected: 1)",
                            null);
                }
                measured.add(new Measured(result.latency().toNanos() / 1e6, (engine - engineBefore) * MILLIS));
                engineBefore = engine;
                batchesBefore = batches;
                progress.count("Scans", i + 1L, count);
            }
        }
        return section(scans, measured);
    }

    private static StoredResults.Result await(WholeStream whole, String scanId) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<StoredResults.Result> result = whole.stored().ofScan(scanId);
            if (result.isPresent()) {
                return result.get();
            }
            whole.requireHealthy();
            if (System.nanoTime() - deadline > 0) {
                throw CliException.failure("A scan is not stored after " + PATIENCE.toSeconds() + " s", null);
            }
            Thread.sleep(20);
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private Section section(EncodedScans scans, List<Measured> measured) {
        Sample total = Sample.of(measured.stream().map(Measured::total).toList());
        Sample engine = Sample.of(measured.stream().map(Measured::engine).toList());
        Sample rest = Sample.of(
                measured.stream().map(one -> one.total() - one.engine()).toList());
        var table = new Table(
                "Milliseconds; percentiles by nearest rank over " + measured.size() + " scans.",
                "",
                "p50",
                "p90",
                "p99",
                "max",
                "p50 over the engine's");
        add(table, "the engine's own time", engine, engine);
        add(table, "published to stored", total, engine);
        add(table, "published to stored, less the engine's own", rest, engine);
        return new Section(
                name(),
                "Latency of a lone scan",
                "One scan every " + intervalMs / MILLIS
                        + " s through the whole stream with one worker. The time from the"
                        + " publisher's clock before it sends to the sink's when it stores, less the time the worker's"
                        + " own timer counted for that very scan's batch.",
                List.of(
                        Target.atMost(
                                "p50 of published to stored less the engine's own time, ms",
                                WANTED_P50_MS,
                                rest.percentile(50)),
                        Target.atMost("p99 of the same, ms", WANTED_P99_MS, rest.percentile(99))),
                List.of(table),
                List.of(
                        "The published time is kept in whole milliseconds, rounded down: what is shown is up to 1 ms too"
                                + " much."),
                conditions(1)
                        .put("worker", worker().text())
                        .put("scans", scans.description())
                        .put("interval", intervalMs + " ms")
                        .put("warm-up", warmUp + " scans at once"));
    }

    private static void add(Table table, String name, Sample sample, Sample engine) {
        table.row(
                name,
                Figures.of(sample.percentile(50)),
                Figures.of(sample.percentile(90)),
                Figures.of(sample.percentile(99)),
                Figures.of(sample.max()),
                Figures.ratio(sample.percentile(50) / engine.percentile(50)));
    }
}
