package org.ctstream.benchmarks.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.benchmarks.input.InputOptions;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.benchmarks.measure.Calls;
import org.ctstream.benchmarks.measure.Interleaved;
import org.ctstream.benchmarks.measure.Samples;
import org.ctstream.benchmarks.measure.Trial;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.cli.CliException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.onnx.Target;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engines}: how fast each engine is, against the machine's limit and against the others. */
@Command(
        name = "engines",
        description =
                "Milliseconds per scan of every engine on this processor, as a share of the machine's GEMM rate, and"
                        + " against ONNX Runtime without us.")
public final class EnginesProgram extends Program {
    private static final String ONNX_RUNTIME = "onnxruntime";
    private static final int OPENING_SECONDS = 25;
    private static final double TRIAL_OVERHEAD = 1.5;

    @Option(
            names = "--engines",
            split = ",",
            showDefaultValue = Help.Visibility.NEVER,
            paramLabel = "NAME",
            description = "Engines to measure. Default: all that run on this machine's processor.")
    private List<String> engines = List.of();

    @Option(names = "--batches", split = ",", paramLabel = "N", description = "Batch sizes.")
    private List<Integer> batches = List.of(1, 8, 32);

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each engine, and of the GEMM.")
    private int threads = 2;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Shortest length of one trial; three calls are made at least.")
    private double seconds = 1.5;

    @Option(
            names = "--int8-release",
            paramLabel = "FOLDER",
            description = "A quantized release of the same network, measured too, in ONNX Runtime.")
    private @Nullable Path int8;

    @Mixin
    private ReleaseOption release = new ReleaseOption();

    @Mixin
    private InputOptions input = new InputOptions();

    /** For picocli. */
    public EnginesProgram() {}

    @Override
    protected void check() {
        super.check();
        if (threads < 1 || batches.stream().anyMatch(batch -> batch < 1)) {
            throw CliException.usage("--threads and --batches are 1 or more each", null);
        }
    }

    @Override
    protected Duration estimate() {
        int contestants = names().size() + (withOnnx() ? 2 : 0) + (int8 == null ? 0 : 1) + 1;
        double each = seconds * TRIAL_OVERHEAD * contestants * run().repetitions() + OPENING_SECONDS;
        return Duration.ofSeconds(Math.round(each * batches.size()));
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        EncodedScans scans = input.scans(run().seed(), 32);
        NormalizedSlices slices = NormalizedSlices.of(scans);
        var store = new ModelStore(folder.resolve("models"));
        StoredRelease model = release.in(store);
        Map<Integer, Samples> byBatch = new LinkedHashMap<>();
        Set<String> texts = new LinkedHashSet<>();
        for (int batch : batches) {
            byBatch.put(batch, ofBatch(batch, slices, model, store, texts, progress));
        }
        return new EnginesSection(name(), byBatch)
                .section(conditions()
                        .put(
                                "release",
                                model.release().id() + ", " + model.release().architecture() + " at "
                                        + model.release().height() + " x "
                                        + model.release().width())
                        .put("engines", String.join("; ", texts))
                        .put("threads", threads)
                        .put("batches", batches)
                        .put("scans", scans.description())
                        .put("trial", seconds + " s or three calls, its median counts"));
    }

    private Samples ofBatch(
            int batch,
            NormalizedSlices slices,
            StoredRelease model,
            ModelStore store,
            Set<String> texts,
            Progress progress)
            throws Exception {
        EngineOptions options = EngineOptions.defaults().withThreads(threads).withMaxBatch(batch);
        Duration length = Duration.ofMillis(Math.round(seconds * 1_000));
        progress.step("Batch " + batch + ": opening engines");
        try (var gemm = new Gemm(threads);
                var contestants = new Contestants()) {
            var arrangement = new PlainOnnxRuntime.Arrangement(threads, 1, 0);
            for (String engine : names()) {
                var opened =
                        contestants.add(new EngineContestant(EnginesSection.engine(engine), engine, model, options));
                texts.add("batch " + batch + ": " + opened.text());
                if (engine.equals(ONNX_RUNTIME)) {
                    arrangement = PlainOnnxRuntime.Arrangement.like(opened.description());
                }
            }
            if (withOnnx()) {
                addPlain(contestants, model, arrangement);
            }
            if (int8 != null) {
                contestants.add(new EngineContestant(
                        EnginesSection.INT8, ONNX_RUNTIME, store.add(ReleaseSource.folder(int8)), options));
            }
            SliceBatch filled = slices.batch(batch, 0);
            Map<String, Trial> trials = new LinkedHashMap<>();
            trials.put(EnginesSection.GEMM, () -> gemm.gflops(length));
            for (Contestant contestant : new ArrayList<>(contestants.all())) {
                trials.put(contestant.name(), () -> Calls.medianMillis(length, () -> contestant.run(filled)) / batch);
            }
            return Interleaved.run(run().repetitions(), trials, text -> progress.step("Batch " + batch + ": " + text));
        }
    }

    private static void addPlain(Contestants contestants, StoredRelease model, PlainOnnxRuntime.Arrangement arrangement)
            throws Exception {
        contestants.add(new PlainOnnxRuntime(
                EnginesSection.PLAIN_RUNTIME,
                OnnxExport.of(model, OnnxOptions.cpu()).bytes(),
                arrangement));
        contestants.add(new PlainOnnxRuntime(
                EnginesSection.PLAIN_EXPORT,
                OnnxExport.of(model, OnnxOptions.cpu().withTarget(Target.PLAIN)).bytes(),
                arrangement));
    }

    private List<String> names() {
        return engines.isEmpty() ? LocalEngines.onProcessor() : engines;
    }

    /** Plain ONNX Runtime is the yardstick of any engine but the one without a network. */
    private boolean withOnnx() {
        return names().stream().anyMatch(name -> !name.equals("none"));
    }
}
