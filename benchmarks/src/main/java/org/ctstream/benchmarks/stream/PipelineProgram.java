package org.ctstream.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.model.release.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pipeline}: the whole stream against the engine alone. */
@Command(
        name = "pipeline",
        description = "Scans per second from published to stored with one worker, over the bare engine's on the same"
                + " images.")
public final class PipelineProgram extends StreamProgram {
    private static final double WANTED = 0.90;
    private static final int STARTING_SECONDS = 45;
    private static final double EXPECTED_SCANS_PER_SECOND = 35;
    private static final double MILLIS = 1000;

    @Option(names = "--count", paramLabel = "N", description = "Scans published in each repetition.")
    private int count = 1_600;

    @Option(names = "--warm-up", paramLabel = "N", description = "Scans published before the first repetition.")
    private int warmUp = 2_000;

    @Option(names = "--engine-seconds", paramLabel = "N", description = "Length of each run of the bare engine.")
    private int engineSeconds = 8;

    /** For picocli. */
    public PipelineProgram() {}

    @Override
    protected Duration estimate() {
        double stream = (warmUp + (double) run().repetitions() * count) / EXPECTED_SCANS_PER_SECOND;
        return Duration.ofSeconds(Math.round(STARTING_SECONDS + stream + (run().repetitions() + 1.0) * engineSeconds));
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        EncodedScans scans = input().scans(run().seed(), 64);
        NormalizedSlices slices = NormalizedSlices.of(scans);
        var stream = new ArrayList<Double>();
        var steady = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        String engineText;
        try (var engine = new BareEngine(
                        worker().engine(),
                        release().in(new ModelStore(folder.resolve("bare-models"))),
                        worker().engineOptions(),
                        slices);
                var whole = WholeStream.start(
                        folder.resolve("stack"), worker(), release().choice(), progress)) {
            engineText = engine.text();
            progress.step("Warming up with " + warmUp + " scans");
            engine.scansPerSecond(Duration.ofSeconds(1));
            whole.publishAndAwait(scans, warmUp);
            double before = engine.scansPerSecond(Duration.ofSeconds(engineSeconds));
            for (int i = 0; i < run().repetitions(); i++) {
                List<StoredResults.Result> results = whole.publishAndAwait(scans, count);
                stream.add(rate(results));
                steady.add(steadyRate(results));
                double after = engine.scansPerSecond(Duration.ofSeconds(engineSeconds));
                bare.add((before + after) / 2);
                before = after;
                progress.step("Repetition " + (i + 1) + ": stream " + Figures.of(stream.get(i)) + " scans/s, engine "
                        + Figures.of(bare.get(i)));
            }
        }
        return section(scans, engineText, Sample.of(stream), Sample.of(steady), Sample.of(bare));
    }

    /** From the first scan published to the last one stored: filling and draining the stream included. */
    private static double rate(List<StoredResults.Result> results) {
        Instant first = results.stream()
                .map(StoredResults.Result::receivedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return results.size()
                * MILLIS
                / Duration.between(first, storedTimes(results).get(results.size() - 1))
                        .toMillis();
    }

    /** From a tenth stored to all stored. */
    private static double steadyRate(List<StoredResults.Result> results) {
        List<Instant> times = storedTimes(results);
        int from = times.size() / 10;
        long millis =
                Duration.between(times.get(from), times.get(times.size() - 1)).toMillis();
        return (times.size() - 1 - from) * MILLIS / Math.max(1, millis);
    }

    private static List<Instant> storedTimes(List<StoredResults.Result> results) {
        return results.stream().map(StoredResults.Result::storedAt).sorted().toList();
    }

    private Section section(EncodedScans scans, String engineText, Sample stream, Sample steady, Sample bare) {
        Sample ratio = stream.over(bare);
        return new Section(
                name(),
                "Pipeline efficiency",
                "One worker, ingest and the results sink as processes, Kafka and the schema registry beside them, and the"
                        + " publisher: all on this machine. Scans per second from the first publish to the last stored"
                        + " result, over a bare loop of the same engine with the same batch size on the same slices,"
                        + " measured before and after each repetition while the stream is idle.",
                List.of(Target.atLeast("pipeline over bare engine, scans/s", WANTED, ratio.median())),
                List.of(new Table(
                                "Scans per second, median (min), and the ratio in each repetition.",
                                "",
                                "scans/s",
                                "over the bare engine")
                        .row("bare engine", Figures.medianAndMin(bare), "1")
                        .row("published to stored", Figures.medianAndMin(stream), Figures.ratios(ratio))
                        .row(
                                "the same, from a tenth stored to all stored",
                                Figures.medianAndMin(steady),
                                Figures.ratios(steady.over(bare)))),
                List.of(),
                conditions()
                        .put("worker", worker().text())
                        .put("bare engine", engineText)
                        .put("scans", scans.description())
                        .put("scans per repetition", count)
                        .put("warm-up", warmUp + " scans"));
    }
}
