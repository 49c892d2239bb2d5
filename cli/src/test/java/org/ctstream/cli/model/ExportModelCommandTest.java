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
        ModelRelease release = new ModelRelease(
                "net",
                "1",
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
        assertThat(new ModelStore(folder).save(release, weights).weights()).exists();
    }

    @Test
    void exportedFileIsCheckedAgainstTheReferenceAndDescribed() throws IOException {
        Path file = folder.resolve("net.onnx");

        CliRun run = export("--output", file.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("slices, uint8, N x 64 x 64", "logits, float32, N x 2", "evidence, float32, N x 8 x 8")
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

    private CliRun export(String... options) {
        List<String> arguments = new ArrayList<>(List.of("model", "export", "net:1", "--store", folder.toString()));
        arguments.addAll(List.of(options));
        return CliRun.of(arguments.toArray(String[]::new));
    }
}
