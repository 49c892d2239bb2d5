package org.ctstream.cli.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.cli.CliException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.Engines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engines a command runs, and how. For one thread. */
final class RunOptions {
    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Engine to run, or several: tensorrt, onnxruntime-tensorrt, onnxruntime, pytorch, none, or auto for"
                            + " what a worker would choose. Default: every engine that is available.")
    private List<String> engines = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, gpu or gpu:N; auto for every device the engine is available on.")
    private String device = "auto";

    @Option(names = "--precision", paramLabel = "P", description = "fp32 or fp16.")
    private Precision precision = Precision.FP32;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of each engine on a processor, the reference included; 0 lets it decide.")
    private int threads;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "Parts of a batch computed at the same time; 0 lets the engine decide.")
    private int sessions;

    @Option(
            names = "--slices-per-run",
            paramLabel = "N",
            description = "Most slices a session computes at once; 0 lets the engine decide.")
    private int slicesPerRun;

    @Option(
            names = "--engine-cache",
            paramLabel = "DIR",
            description = "Folder in which engines keep what they build for this machine. Default: none is kept.")
    private @Nullable Path cache;

    /** True if engines were named: one that is not there is a failure then. */
    boolean areNamed() {
        return !engines.isEmpty();
    }

    /** @throws CliException if an engine that is named is not there */
    List<EngineTarget> targets() {
        return new EngineTargets(Engines.standard()).available(engines, device);
    }

    /** @throws CliException if a number cannot be used */
    EngineOptions options(int maxBatch) {
        try {
            return reference(maxBatch)
                    .withPrecision(precision)
                    .withSessions(sessions)
                    .withSlicesPerRun(slicesPerRun)
                    .withCache(cache);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /** For the reference engine, which runs in single precision on the processor. */
    EngineOptions reference(int maxBatch) {
        try {
            return EngineOptions.defaults().withThreads(threads).withMaxBatch(maxBatch);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
