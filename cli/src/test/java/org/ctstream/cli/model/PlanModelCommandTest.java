package org.ctstream.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ctstream.cli.CliRun;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Driver and {@code trtexec} are shell scripts here. So this tests which processes are run, how, and what is kept of them;
 * no plan is made, for that takes a GPU.
 */
class PlanModelCommandTest {
    private static final String RELEASE = "net:1.0.0";
    private static final String BANNER = "echo '&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec'";
    private static final String WRITE_PLAN =
            "for word; do case $word in --saveEngine=*) echo plan > \"${word#--saveEngine=}\";; esac; done";

    @TempDir
    private Path folder;

    private Path plans;

    @BeforeEach
    void saveReleaseAndTools() throws IOException {
        Map<String, Tensor> tensors = new HashMap<>();
        Parameters.shapes(Networks.named("small-cnn", 2))
                .forEach((name, shape) -> tensors.put(
                        name,
                        Tensor.ofFloats(
                                shape, new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))])));
        Weights weights = new Weights(Map.of(), tensors);
        plans = new ModelStore(folder.resolve("store"))
                .save(
                        new ModelRelease(
                                "net",
                                "1.0.0",
                                "For tests.",
                                "small-cnn",
                                weights.sha256(),
                                32,
                                32,
                                Collections.nCopies(3, 0.5),
                                Collections.nCopies(3, 0.25),
                                List.of("negative", "positive"),
                                0.5,
                                false,
                                Map.of(),
                                new Lineage(Map.of(), 1, "test", null),
                                Instant.parse("2026-11-22T10:15:30Z")),
                        weights)
                .folder()
                .resolve("plans");
        script("nvidia-smi", "echo 'NVIDIA A10, 8.6, 535.161.08, [N/A]'");
        script("trtexec", BANNER, WRITE_PLAN);
    }

    @Test
    void withoutRunTheNetworkIsWrittenAndTheLinePrinted() throws IOException {
        Path onnx = folder.resolve("my net.onnx");

        CliRun run = plan("--batch", "8", "--onnx", onnx.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(onnx).isNotEmptyFile();
        assertThat(run.out())
                .contains("NVIDIA A10 (compute capability 8.6, driver 535.161.08)")
                .contains("(TensorRT 8.6.1)")
                .contains(tool("trtexec") + " '--onnx=" + onnx + "' '--saveEngine=" + folder.resolve("my net.trt")
                        + "' --device=0 --memPoolSize=workspace:4096 --fp16 --skipInference")
                .contains("Then: ctstream model plan net:1.0.0 --batch 8 --precision fp16 --gpu 0");
        assertThat(plans).doesNotExist();
    }

    @Test
    void runStoresThePlanWithItsKeyAndSaysWhichWorkersUseIt() throws IOException {
        CliRun run = plan("--batch", "8", "--precision", "fp32", "--workspace", "1024", "--run");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Path> files = plans();
        assertThat(files).hasSize(2);
        assertThat(files.get(0)).hasExtension("trt").hasContent("plan\n");
        assertThat(Files.readString(files.get(1)))
                .contains("\"gpu\" : \"NVIDIA A10\"")
                .contains("\"computeCapability\" : \"8.6\"")
                .contains("\"tensorRt\" : \"8.6.1\"")
                .contains("\"precision\" : \"FP32\"")
                .contains("\"batch\" : 8");
        assertThat(run.out())
                .contains("engine=tensorrt, engine.device=gpu:0, engine.precision=fp32")
                .contains("engine.slices.per.run=8");
    }

    @Test
    void planMadeByHandIsStored() throws IOException {
        Path made = Files.writeString(folder.resolve("made.trt"), "made by hand");

        CliRun run = plan("--from", made.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(plans().get(0)).hasContent("made by hand");
    }

    @Test
    void missingTrtexecIsToldWithWhatToInstall() throws IOException {
        Files.delete(tool("trtexec"));

        CliRun run = plan("--run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("No plan for net:1.0.0", "trtexec", "libnvinfer-bin");
        assertThat(plans).doesNotExist();
    }

    @Test
    void missingDriverIsToldWithWhatToInstall() throws IOException {
        Files.delete(tool("nvidia-smi"));

        CliRun run = plan("--run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("install the NVIDIA driver").doesNotContain("\tat ");
    }

    @Test
    void planOfTensorRt10IsNotMadeForAnEngineThatCannotLoadIt() throws IOException {
        script("trtexec", BANNER.replace("v8601", "v100800"), WRITE_PLAN);

        CliRun run = plan("--run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("TensorRT 10.8.0").contains("onnxruntime-tensorrt");
        assertThat(plans).doesNotExist();
    }

    @Test
    void failureOfTrtexecIsShownWithWhatItPrintedAndNothingIsStored() throws IOException {
        script(
                "trtexec",
                BANNER,
                "case $1 in --help) exit 0;; esac",
                WRITE_PLAN,
                "echo '[11/23/2026-04:30:00] [I] nothing of note'",
                "echo '[11/23/2026-04:30:01] [E] Error[2]: [virtualMemoryBuffer.cpp::resizePhysical] out of memory'",
                "exit 1");

        CliRun run = plan("--run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("failed with exit code 1").contains("out of memory");
        assertThat(run.out()).contains("[E] Error[2]").doesNotContain("nothing of note");
        assertThat(plans()).isEmpty();
    }

    @Test
    void numbersOutOfRangeAndTwoWaysAtOnceAreRefused() throws IOException {
        assertThat(plan("--batch", "0").exitCode()).isEqualTo(2);
        assertThat(plan("--batch", "0").err()).contains("--batch must be 1 to 1024, found 0");
        assertThat(plan("--run", "--from", "made.trt").exitCode()).isEqualTo(2);
        assertThat(plan("--precision", "int4").exitCode()).isEqualTo(2);
    }

    @Test
    void releaseThatIsNotThereIsTold() {
        CliRun run = CliRun.of(arguments("net:9.9.9", "--run"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("there is no release net:9.9.9");
    }

    private CliRun plan(String... more) throws IOException {
        return CliRun.of(arguments(RELEASE, more));
    }

    private String[] arguments(String release, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "model",
                "plan",
                release,
                "--store",
                folder.resolve("store").toString(),
                "--trtexec",
                tool("trtexec").toString(),
                "--nvidia-smi",
                tool("nvidia-smi").toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Path tool(String name) {
        return folder.resolve("tools").resolve(name);
    }

    private void script(String name, String... lines) throws IOException {
        Path file = tool(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The plan before its description. */
    private List<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(plans)) {
            return files.sorted(Comparator.comparing(file -> !file.toString().endsWith(".trt")))
                    .toList();
        }
    }
}
