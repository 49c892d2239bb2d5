package org.ctstream.benchmarks.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.benchmarks.input.InputOptions;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.measure.Parity;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parity}: do the engines agree, and what do heatmaps cost. */
@Command(
        name = "parity",
        description =
                "Largest difference of a probability between every two engines of this processor, and the share of"
                        + " inference that heatmaps take.")
public final class ParityProgram extends Program {
    private static final double WANTED_HEATMAP_SHARE = 0.05;
    private static final int BATCH = 8;
    private static final int OPENING_SECONDS = 15;
    private static final int SECONDS_PER_HEATMAP_REPETITION = 8;
    private static final double SECONDS_PER_COMPARISON = 0.08;

    @Option(
            names = "--engines",
            split = ",",
            showDefaultValue = Help.Visibility.NEVER,
            paramLabel = "NAME",
            description = "Engines to compare. Default: all that run on this machine's processor.")
    private List<String> engines = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each engine.")
    private int threads = 2;

    @Option(names = "--no-heatmap", description = "Leave out what heatmaps cost.")
    private boolean noHeatmap;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private InputOptions input = new InputOptions();

    /** For picocli. */
    public ParityProgram() {}

    @Override
    protected Duration estimate() {
        int pairs = names().size() * (names().size() - 1) / 2;
        double heatmaps = noHeatmap ? 0 : 2.0 * run().repetitions() * SECONDS_PER_HEATMAP_REPETITION / 2;
        return Duration.ofSeconds(Math.round(OPENING_SECONDS + pairs * SECONDS_PER_COMPARISON * 128 + heatmaps));
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        EncodedScans scans = input.scans(run().seed(), 128);
        NormalizedSlices slices = NormalizedSlices.of(scans);
        StoredRelease model = release.in(new ModelStore(folder.resolve("models")));
        List<Target> targets = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        tables.add(compare(model, slices, targets, progress));
        if (!noHeatmap) {
            tables.add(heatmaps(model, slices, targets, progress));
        }
        return new Section(
                name(),
                "Parity of the engines, and heatmaps",
                "Every two engines classify the same scans; the largest difference of a probability counts. Heatmaps: the"
                        + " time of plain ONNX Runtime for our graph with its evidence output and the maps made of it,"
                        + " against the same graph without.",
                targets,
                tables,
                List.of(),
                conditions()
                        .put("release", model.release().id())
                        .put("engines", names())
                        .put("threads", threads)
                        .put("batch", BATCH)
                        .put("scans", scans.description()));
    }

    private Table compare(StoredRelease model, NormalizedSlices slices, List<Target> targets, Progress progress) {
        EngineOptions options = EngineOptions.defaults().withThreads(threads).withMaxBatch(BATCH);
        List<Classifier> opened = new ArrayList<>();
        var table = new Table(
                "Differences of probabilities; labels by the release's threshold.",
                "engines",
                "scans",
                "largest",
                "mean",
                "other label",
                "largest of a heatmap's place");
        try {
            for (String name : names()) {
                opened.add(LocalEngines.ALL.named(name).open(model, options));
            }
            for (int i = 0; i < opened.size(); i++) {
                for (int j = i + 1; j < opened.size(); j++) {
                    String pair = names().get(i) + " and " + names().get(j);
                    progress.step("Comparing " + pair);
                    Parity.Report report = report(opened.get(j), opened.get(i), slices);
                    targets.add(Target.atMost(
                            "largest difference of a probability, " + pair,
                            Parity.tolerance(Precision.FP32),
                            report.maxDifference()));
                    table.row(
                            pair,
                            report.slices(),
                            Figures.of(report.maxDifference()),
                            Figures.of(report.meanDifference()),
                            report.labelFlips(),
                            report.heatmaps() == 0 ? "no heatmaps" : Figures.of(report.maxHeatmapDifference()));
                }
            }
        } finally {
            opened.forEach(Classifier::close);
        }
        return table;
    }

    private static Parity.Report report(Classifier reference, Classifier candidate, NormalizedSlices slices) {
        var parity = new Parity(reference, candidate);
        for (int from = 0; from < slices.size(); from += BATCH) {
            parity.add(slices.batch(Math.min(BATCH, slices.size() - from), from));
        }
        return parity.report();
    }

    private Table heatmaps(StoredRelease model, NormalizedSlices slices, List<Target> targets, Progress progress)
            throws Exception {
        var table = new Table("Share of inference time that heatmaps take.", "batch", "share, in each repetition");
        for (int batch : List.of(1, BATCH)) {
            List<Double> shares = HeatmapCost.shares(
                    model,
                    slices.batch(batch, 0),
                    threads,
                    run().repetitions(),
                    text -> progress.step("Heatmaps, batch " + batch + ": " + text));
            if (shares.isEmpty()) {
                table.row(batch, "this network has no evidence");
            } else {
                Sample sample = Sample.of(shares);
                targets.add(Target.atMost(
                        "share of inference that heatmaps take, batch " + batch,
                        WANTED_HEATMAP_SHARE,
                        sample.median()));
                table.row(batch, Figures.ratios(sample));
            }
        }
        return table;
    }

    private List<String> names() {
        return engines.isEmpty() ? LocalEngines.onProcessor() : engines;
    }
}
