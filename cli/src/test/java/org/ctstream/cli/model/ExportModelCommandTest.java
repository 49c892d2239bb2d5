package org.ctstream.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.network.Networks;
import org.ctstream.model.network.Parameters;
import org.ctstream.model.quantize.Calibration;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportModelCommandTest {
    private static final String ARCHITECTURE = "small-cnn";

    @TempDir
    Path folder;

    @BeforeEach
    void saveRelease() {
        Random random = new Random(1);
        Map<String, Tensor> tensors = new HashMap<>();
        Parameters.shapes(Networks.named(ARCHITECTURE, 2)).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))];
            for (int i = 0; i < values.length; i++) {
                values[i] = shape.size() == 1 ? 0.5f + random.nextFloat() : (float) (0.05 * random.nextGaussian());
            }
            tensors.put(name, Tensor.ofFloats(shape, values));
        });
        Weights weights = new Weights(Map.of(), tensors);
        assertThat(new ModelStore(folder).save(release("1", weights), weights).weights())
                .exists();
    }

    private static ModelRelease release(String version, Weights weights) {
        return new ModelRelease(
                "net",
                version,
                "For tests.",
                ARCHITECTURE,
                weights.sha256(),
                64,
                64,
                List.of(0.4, 0.4, 0.4),
                List.of(0.25, 0.25, 0.25),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of(),
                new Lineage(Map.of(), 0, "test", ""),
                Instant.EPOCH);
    }

    @Test
    void exportedFileIsCheckedAgainstTheReferenceAndDescribed() throws IOException {
        Path file = folder.resolve("net.onnx");

        CliRun run = export("--output", file.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("slices, uint8, N x 64 x 64", "logits, float32, N x 2", "evidence, float32, N x 8 x 8")
                .contains("embedding, float32, N x 64")
                .contains("largest difference of a probability", "8 synthetic slices");
        assertThat(Files.size(file)).isGreaterThan(10_000);
        assertThat(folder.resolve("net.onnx.part")).doesNotExist();
    }

    @Test
    void fixedBatchInHalfPrecisionIsCheckedToo() {
        Path file = folder.resolve("half.onnx");

        CliRun run = export(
                "--output",
                file.toString(),
                "--batch",
                "3",
                "--precision",
                "fp16",
                "--input",
                "float32",
                "--target",
                "gpu");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("slices, float32, 3 x 64 x 64");
    }

    @Test
    void int8ReleaseIsCheckedAgainstTheEngineThatServesIt() {
        saveInt8();

        CliRun cpu =
                exportOf("net:1-int8", "--output", folder.resolve("cpu.onnx").toString());
        CliRun gpu = exportOf(
                "net:1-int8",
                "--target",
                "gpu",
                "--output",
                folder.resolve("gpu.onnx").toString());

        assertThat(cpu.exitCode()).as(cpu.err()).isEqualTo(ExitCodes.OK);
        assertThat(cpu.out())
                .contains("against the engine onnxruntime (allowed: 0.0001)")
                .doesNotContain("gross errors");
        assertThat(gpu.exitCode()).as(gpu.err()).isEqualTo(ExitCodes.OK);
        assertThat(gpu.out()).contains("(allowed: 0.1)", "against gross errors only");
    }

    @Test
    void int8ReleaseInHalfPrecisionIsRefusedInOneLine() {
        saveInt8();

        CliRun run = exportOf(
                "net:1-int8",
                "--precision",
                "fp16",
                "--output",
                folder.resolve("x.onnx").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err())
                .contains("net:1-int8 is an INT8 release", "ask for FP32")
                .doesNotContain("\tat ");
    }

    @Test
    void fileThatIsThereIsReplacedOnlyByForce() throws IOException {
        Path file = Files.writeString(folder.resolve("there.onnx"), "mine");

        CliRun refused = export("--output", file.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(refused.err()).contains("is there already", "--force");
        assertThat(file).hasContent("mine");

        assertThat(export("--output", file.toString(), "--force").exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }

    @Test
    void wrongOptionsAreNamedWithWhatIsExpected() {
        assertThat(export("--batch", "0").err()).contains("--batch is '0'", "dynamic or a number from 1 to 1024");
        assertThat(export("--precision", "int3").err()).contains("--precision is 'int3'", "fp32, fp16");
        assertThat(export("--target", "tpu").err()).contains("cpu, gpu, plain");
        assertThat(export("--format", "pmml").err()).contains("expected onnx");
        assertThat(CliRun.of("model", "export", "net:9", "--store", folder.toString())
                        .err())
                .contains("no release net:9");
    }

    private void saveInt8() {
        ModelStore store = new ModelStore(folder);
        StoredRelease original = store.load(ReleaseId.parse("net:1"));
        try (Calibration calibration = Calibration.open(original, 1)) {
            for (int seed = 0; seed < 8; seed++) {
                var slice = new PhantomSlices(64).generate(seed, seed % 2 == 0).toGreySlice();
                calibration.add(new SliceNormalizer().normalize(slice, 64).pixels());
            }
            Weights int8 = calibration.quantized();
            assertThat(store.save(release("1-int8", int8), int8).weights()).exists();
        }
    }

    private CliRun export(String... options) {
        return exportOf("net:1", options);
    }

    private CliRun exportOf(String release, String... options) {
        List<String> arguments = new ArrayList<>(List.of("model", "export", release, "--store", folder.toString()));
        arguments.addAll(List.of(options));
        return CliRun.of(arguments.toArray(String[]::new));
    }
}
