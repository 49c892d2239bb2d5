package org.ctstream.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Interruption;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.plan.NvidiaSmi;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.plan.Trtexec;
import org.ctstream.model.release.ReleaseId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream model plan}. */
@Command(
        name = "plan",
        description = {
            "Has TensorRT 8 compile a release for this machine's GPU, for workers with engine tensorrt. Without --run it"
                    + " writes the ONNX file and prints the trtexec line to run by hand.",
            "A plan is kept in the release's folder in the model store and is used for this release, GPU, TensorRT"
                    + " version, precision and batch alone. Run this on the machine, or in the image, that serves.",
            ""
        },
        footer = {
            "",
            "Example: ctstream model plan densenet169:1.0.0 --batch 32 --precision fp16 --run",
            "",
            "Not yet run on hardware."
        })
public final class PlanModelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ReleaseInStore release = new ReleaseInStore();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Slices of every run: the workers' batch.max.size, or their engine.slices.per.run.")
    private int batch = 32;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "fp16",
            description = "fp16 lets TensorRT compute in half precision where that is faster, fp32 does not.")
    private Precision precision = Precision.FP16;

    @Option(names = "--gpu", paramLabel = "N", defaultValue = "0", description = "The GPU, as CUDA counts.")
    private int gpu;

    @Option(
            names = "--workspace",
            paramLabel = "MIB",
            defaultValue = "4096",
            description = "Memory of the GPU that one layer may use while it computes.")
    private int workspace = 4096;

    @Option(
            names = "--limit",
            paramLabel = "MINUTES",
            defaultValue = "120",
            description = "With --run: gives up after this time.")
    private int limit = 120;

    @ArgGroup
    private Way way = new Way();

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "Without --run: the ONNX file to write. Default: a name made of the release and the batch, in"
                    + " the working folder.")
    private @Nullable Path onnx;

    @Option(
            names = "--trtexec",
            paramLabel = "FILE",
            description = "TensorRT's trtexec. Default: the one on PATH or where NVIDIA's packages put it.")
    private @Nullable Path trtexec;

    @Option(
            names = "--nvidia-smi",
            paramLabel = "FILE",
            defaultValue = "nvidia-smi",
            description = "The NVIDIA driver's nvidia-smi.")
    private String nvidiaSmi = "nvidia-smi";

    /** What is done besides printing. */
    static final class Way {
        @Option(names = "--run", description = "Runs trtexec, which takes minutes, and stores the plan.")
        private boolean run;

        @Option(
                names = "--from",
                paramLabel = "FILE",
                description = "Stores this plan, which the printed line made on this machine.")
        private @Nullable Path from;
    }

    @Override
    public void run() {
        check();
        ReleaseId id = release.id();
        Map<String, String> environment = System.getenv();
        try (var interruption = new Interruption()) {
            var making = new PlanMaking(
                    new NvidiaSmi(nvidiaSmi, environment).gpu(gpu),
                    trtexec == null ? Trtexec.find(environment) : new Trtexec(trtexec),
                    new PlanMaking.Order(release.load(), batch, precision, gpu, workspace),
                    spec.commandLine().getOut());
            if (way.run) {
                making.run(Duration.ofMinutes(limit));
            } else if (way.from != null) {
                making.store(way.from);
            } else {
                making.print(
                        onnx == null ? Path.of(id.name() + "-" + id.version() + "-batch" + batch + ".onnx") : onnx);
            }
        } catch (PlanException e) {
            throw CliException.failure("No plan for " + id + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw CliException.failure("Cannot write release " + id + " for TensorRT: " + e.getMessage(), e);
        } catch (IOException e) {
            throw CliException.failure("Cannot write the network of " + id + ": " + e, e);
        } catch (InterruptedException e) {
            throw CliException.failure("Interrupted: no plan was stored", e);
        }
    }

    private void check() {
        require(
                batch >= 1 && batch <= EngineOptions.LARGEST_BATCH,
                "--batch",
                "1 to " + EngineOptions.LARGEST_BATCH,
                batch);
        require(gpu >= 0 && gpu <= 99, "--gpu", "0 to 99", gpu);
        require(workspace >= 1, "--workspace", "1 or more", workspace);
        require(limit >= 1, "--limit", "1 or more", limit);
    }

    private static void require(boolean holds, String option, String expected, int found) {
        if (!holds) {
            throw CliException.usage(option + " must be " + expected + ", found " + found, null);
        }
    }
}
