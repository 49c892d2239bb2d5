package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.plan.Gpu;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.untrained.SeededWeights;
import org.junit.jupiter.api.Test;

class EngineCacheTest {
    private static final Gpu A10 = new Gpu("NVIDIA A10", "8.6", "550.54.15", false);
    private static final String GRAPH = "0123456789abcdef".repeat(4);

    private final ModelRelease release = TestReleases.release("1.0.0", TestReleases.weights());
    private final EngineOptions options = EngineOptions.defaults().withDevice(new Device.Gpu(0));

    @Test
    void folderNamesEverythingAnEngineIsMadeOf() {
        assertThat(EngineCache.engines(release, GRAPH, options.withPrecision(Precision.FP16), A10, "1.21.1"))
                .isEqualTo(release.sha256().substring(0, 16)
                        + "-0123456789abcdef-32x32x32-fp16/nvidia-a10-sm8.6-driver550.54.15-onnxruntime1.21.1");
    }

    @Test
    void nothingIsUsedAgainAcrossADifference() {
        ModelRelease other = TestReleases.release("1.0.0", SeededWeights.of(TestReleases.TINY, 2));
        Gpu t4 = new Gpu("Tesla T4", "7.5", "550.54.15", false);
        Gpu newDriver = new Gpu("NVIDIA A10", "8.6", "560.1", false);

        assertThat(List.of(
                        EngineCache.engines(release, GRAPH, options, A10, "1.21.1"),
                        EngineCache.engines(release, "fedc".repeat(16), options, A10, "1.21.1"),
                        EngineCache.engines(other, GRAPH, options, A10, "1.21.1"),
                        EngineCache.engines(release, GRAPH, options.withMaxBatch(8), A10, "1.21.1"),
                        EngineCache.engines(release, GRAPH, options.withPrecision(Precision.FP16), A10, "1.21.1"),
                        EngineCache.engines(release, GRAPH, options, t4, "1.21.1"),
                        EngineCache.engines(release, GRAPH, options, newDriver, "1.21.1"),
                        EngineCache.engines(release, GRAPH, options, A10, "1.22.0")))
                .doesNotHaveDuplicates();
    }

    @Test
    void timingsAreSharedByEveryNetworkOfAPrecisionDeviceAndVersion() {
        assertThat(EngineCache.timings(options.withMaxBatch(8), A10, "1.21.1"))
                .isEqualTo("timings-fp32/nvidia-a10-sm8.6-driver550.54.15-onnxruntime1.21.1")
                .isNotEqualTo(EngineCache.timings(options.withPrecision(Precision.FP16), A10, "1.21.1"));
    }

    @Test
    void withoutACacheThereIsNoFolder() {
        assertThat(EngineCache.folders(release, Path.of("not read"), options, new Device.Gpu(0), "1.21.1"))
                .isNull();
    }
}
