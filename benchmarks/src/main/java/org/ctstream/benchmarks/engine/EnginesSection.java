package org.ctstream.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.measure.Samples;
import org.ctstream.benchmarks.report.Conditions;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;

/**
 * What the engines' times mean.
 *
 * @param byBatch by batch size and contestant: milliseconds per scan, and {@value #GEMM}'s GFLOP/s
 */
record EnginesSection(String program, Map<Integer, Samples> byBatch) {
    static final String GEMM = "GEMM";
    static final String PLAIN_RUNTIME = "plain ONNX Runtime, our graph";
    static final String PLAIN_EXPORT = "plain ONNX Runtime, graph without rewrites";
    static final String INT8 = "engine onnxruntime, int8 release";

    private static final String OURS = engine("onnxruntime");
    private static final String PYTORCH = engine("pytorch");

    /** Of the published DenseNet169, 3.4 billion multiplications and additions; what a graph saves is its merit. */
    private static final double GFLOP_PER_SCAN = 6.8;

    private static final double MILLIS = 1000;
    private static final double WANTED_OVER_PLAIN = 1.02;
    private static final double WANTED_PYTORCH = 1.3;
    private static final double WANTED_SHARE_OF_ONE = 0.90;
    private static final double WANTED_SHARE_OF_BATCH = 0.82;

    static String engine(String name) {
        return "engine " + name;
    }

    Section section(Conditions conditions) {
        List<Target> targets = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        byBatch.forEach((batch, samples) -> {
            targets.addAll(targets(batch, samples));
            tables.add(table(batch, samples));
        });
        return new Section(
                program,
                "Engines on this processor",
                "Each engine classifies the same batch again and again, in turn with the others and with products of float32"
                        + " matrices of " + Gemm.SIDE + " x " + Gemm.SIDE
                        + " (PyTorch's, the same threads): the machine's"
                        + " own limit. The share of that limit counts " + GFLOP_PER_SCAN + " GFLOP for a scan, as the"
                        + " published network has, whatever a rewritten graph saves of it. Ratios are of one repetition"
                        + " each; their median is told, and their range in brackets.",
                targets,
                tables,
                List.of(),
                conditions);
    }

    private static List<Target> targets(int batch, Samples samples) {
        var targets = new ArrayList<Target>();
        String at = ", batch " + batch;
        if (samples.has(OURS) && samples.has(PLAIN_RUNTIME)) {
            targets.add(Target.atMost(
                    "engine onnxruntime over plain ONNX Runtime, time" + at,
                    WANTED_OVER_PLAIN,
                    samples.ratio(OURS, PLAIN_RUNTIME).median()));
            targets.add(Target.atLeast(
                    "engine onnxruntime, share of the GEMM rate" + at,
                    batch == 1 ? WANTED_SHARE_OF_ONE : WANTED_SHARE_OF_BATCH,
                    share(samples, OURS).median()));
        }
        if (samples.has(PLAIN_EXPORT)) {
            targets.add(Target.atMost(
                    "our graph over the graph without rewrites, time" + at,
                    1,
                    samples.ratio(PLAIN_RUNTIME, PLAIN_EXPORT).median()));
        }
        if (samples.has(OURS) && samples.has(PYTORCH)) {
            targets.add(Target.atMost(
                    "engine pytorch over engine onnxruntime, time" + at,
                    WANTED_PYTORCH,
                    samples.ratio(PYTORCH, OURS).median()));
        }
        return targets;
    }

    private static Table table(int batch, Samples samples) {
        var table = new Table(
                "**Batch " + batch + "**; GEMM " + Figures.medianAndMin(samples.of(GEMM)) + " GFLOP/s.",
                "",
                "ms per scan, median (min)",
                "scans/s",
                "share of GEMM",
                "time over plain ONNX Runtime");
        for (String name : samples.names()) {
            if (!name.equals(GEMM)) {
                Sample sample = samples.of(name);
                table.row(
                        name,
                        Figures.medianAndMin(sample),
                        Figures.of(MILLIS / sample.median()),
                        Figures.ratios(share(samples, name)),
                        samples.has(PLAIN_RUNTIME) ? Figures.ratios(samples.ratio(name, PLAIN_RUNTIME)) : "");
            }
        }
        return table;
    }

    /** GFLOP/s of a scan's work over those of the matrix products. */
    private static Sample share(Samples samples, String name) {
        return samples.of(name).inverse().times(GFLOP_PER_SCAN * MILLIS).over(samples.of(GEMM));
    }
}
