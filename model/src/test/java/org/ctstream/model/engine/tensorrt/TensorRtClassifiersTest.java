package org.ctstream.model.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.plan.NvidiaSmi;
import org.ctstream.model.plan.Scripts;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where something is missing; up to the driver, for there is no GPU where this is developed. */
class TensorRtClassifiersTest {
    private static final EngineOptions ON_GPU = EngineOptions.defaults().withDevice(new Device.Gpu(0));
    private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

    private final StoredRelease release =
            new StoredRelease(TestReleases.release("1.0.0", TestReleases.weights()), Path.of("weights.safetensors"));

    @TempDir
    private Path folder;

    @Test
    void processorIsNoDeviceForIt() {
        TensorRtClassifiers engine = new TensorRtClassifiers();

        assertThatThrownBy(() -> engine.open(release, EngineOptions.defaults()))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("engine tensorrt cannot use device cpu")
                .hasMessageContaining("choose device gpu, or for a processor engine onnxruntime or pytorch");
        assertThat(engine.availability(Device.CPU)).isInstanceOf(Availability.Missing.class);
    }

    @Test
    void missingDriverIsToldWithWhatToInstallAndNothingNativeIsLoaded() {
        var engine = new TensorRtClassifiers(
                new NvidiaSmi(folder.resolve("nvidia-smi").toString(), Map.of()));

        assertThatThrownBy(() -> engine.open(release, ON_GPU))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("engine tensorrt cannot use device gpu-0")
                .hasMessageContaining("install the NVIDIA driver");
        assertThat(engine.availability(new Device.Gpu(0)))
                .isInstanceOfSatisfying(Availability.Missing.class, missing -> {
                    assertThat(missing.reason()).contains("nvidia-smi");
                    assertThat(missing.remedy()).contains("install the NVIDIA driver");
                });
    }

    @Test
    void missingLibrariesAreNamedEveryTimeAndTheProcessLives() throws Exception {
        assumeThat(tensorRtIsHere()).isFalse();
        Path smi = Scripts.nvidiaSmi(folder, "NVIDIA A10, 8.6, 535.161.08, [N/A]");
        var engine = new TensorRtClassifiers(new NvidiaSmi(smi.toString(), Map.of()));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> engine.open(release, ON_GPU))
                    .isInstanceOf(ClassifierException.Unavailable.class)
                    .hasMessageContaining("cannot load TensorRT 8")
                    .hasMessageContaining(".so.8: cannot open shared object file")
                    .hasMessageContaining("libnvinfer8, libnvinfer-plugin8, libnvonnxparsers8, libnvparsers8");
            assertThat(engine.availability(new Device.Gpu(0)))
                    .isInstanceOfSatisfying(Availability.Missing.class, missing -> {
                        assertThat(missing.reason()).contains(".so.8");
                        assertThat(missing.remedy()).contains("libnvparsers8");
                    });
        }
    }

    @Test
    void optionThatItDoesNotHaveIsRefused() {
        assertThatThrownBy(() ->
                        new TensorRtClassifiers().open(release, ON_GPU.withSimulatedCost(SimulatedCost.ofMicros(1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine tensorrt takes no simulated cost");
    }

    private static boolean tensorRtIsHere() throws Exception {
        if (!Files.isDirectory(LIBRARIES)) {
            return false;
        }
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("libnvonnxparser.so.8"));
        }
    }
}
