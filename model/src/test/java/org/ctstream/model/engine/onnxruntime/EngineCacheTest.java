package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.support.NvidiaGpu;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.untrained.SeededWeights;
import org.junit.jupiter.api.Test;

class EngineCacheTest {
    private static final NvidiaGpu A10 = new NvidiaGpu("NVIDIA A10", "8.6", "550.54.15");

    private final ModelRelease release = TestReleases.release("1.0.0", TestReleases.weights());
    private final EngineOptions options = EngineOptions.defaults().withDevice(new Device.Gpu(0));

    @Test
    void folderNamesEverythingAnEngineIsMadeOf() {
        assertThat(EngineCache.path(release, options.withPrecision(Precision.FP16), A10, "1.21.1"))
                .isEqualTo("onnxruntime-tensorrt/" + release.sha256().substring(0, 16)
                        + "-32x32x32-fp16/nvidia-a10-sm8.6-driver550.54.15-onnxruntime1.21.1");
    }

    @Test
    void nothingIsUsedAgainAcrossADifference() {
        ModelRelease other = TestReleases.release("1.0.0", SeededWeights.of(TestReleases.TINY, 2));
        NvidiaGpu t4 = new NvidiaGpu("Tesla T4", "7.5", "550.54.15");
        NvidiaGpu newDriver = new NvidiaGpu("NVIDIA A10", "8.6", "560.1");

        assertThat(List.of(
                        EngineCache.path(release, options, A10, "1.21.1"),
                        EngineCache.path(other, options, A10, "1.21.1"),
                        EngineCache.path(release, options.withMaxBatch(8), A10, "1.21.1"),
                        EngineCache.path(release, options.withPrecision(Precision.FP16), A10, "1.21.1"),
                        EngineCache.path(release, options, t4, "1.21.1"),
                        EngineCache.path(release, options, newDriver, "1.21.1"),
                        EngineCache.path(release, options, A10, "1.22.0")))
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutACacheThereIsNoFolder() {
        assertThat(EngineCache.folder(release, options, new Device.Gpu(0), "1.21.1"))
                .isNull();
    }
}
