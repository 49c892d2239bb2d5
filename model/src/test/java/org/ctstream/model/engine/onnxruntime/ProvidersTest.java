package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.Map;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.network.DenseNet;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.weights.Weights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static final Device.Gpu SECOND = new Device.Gpu(1);

    @Test
    void cudaKeepsThePrecisionThatIsAskedFor() {
        assertThat(new CudaProvider(SECOND, Precision.FP32).settings())
                .containsEntry("use_tf32", "0")
                .containsEntry("cudnn_conv_algo_search", "HEURISTIC");
        assertThat(new CudaProvider(SECOND, Precision.FP16).settings()).containsEntry("use_tf32", "1");
        assertThat(new CudaProvider(SECOND, Precision.FP16).graph().precision()).isEqualTo(Precision.FP16);
    }

    @Test
    void tensorRtIsBuiltForEveryBatchUpToTheLargestAndKept() {
        TensorRtProvider provider =
                tensorRt(Precision.FP16, new CacheFolders(Path.of("/cache/of/this"), Path.of("/cache/of/all")));

        assertThat(provider.settings())
                .isEqualTo(Map.of(
                        "trt_fp16_enable", "1",
                        "trt_int8_enable", "0",
                        "trt_profile_min_shapes", "slices:1x224x192",
                        "trt_profile_opt_shapes", "slices:32x224x192",
                        "trt_profile_max_shapes", "slices:32x224x192",
                        "trt_engine_cache_enable", "1",
                        "trt_engine_cache_path", "/cache/of/this",
                        "trt_timing_cache_enable", "1",
                        "trt_timing_cache_path", "/cache/of/all"));
    }

    @Test
    void halfPrecisionOfAnInt8ReleaseIsRefused() {
        assertThatThrownBy(() -> new TensorRtProvider(SECOND, Precision.FP16, true, 224, 192, 32, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose precision fp32");
        assertThat(new TensorRtProvider(SECOND, Precision.FP32, true, 224, 192, 32, null).settings())
                .containsEntry("trt_int8_enable", "1");
    }

    @Test
    void tensorRtWithoutACacheKeepsNothing() {
        assertThat(tensorRt(Precision.FP32, null).settings())
                .containsEntry("trt_fp16_enable", "0")
                .allSatisfy((key, value) -> assertThat(key).doesNotContain("cache"));
    }

    @Test
    void tensorRtGetsTheProfiledInputItselfInFloats() {
        OnnxOptions graph = tensorRt(Precision.FP16, null).graph();

        assertThat(graph.input()).isEqualTo(PortType.FLOAT32);
        assertThat(graph.precision()).isEqualTo(Precision.FP32);
        assertThat(graph.batch()).isEmpty();
    }

    @Test
    void networkThatWouldRunOnTheProcessorInsteadIsRefused() throws OrtException {
        Weights weights = TestReleases.weights();
        byte[] network = OnnxExport.of(
                        new DenseNet(TestReleases.TINY),
                        TestReleases.release("1.0.0", weights),
                        weights,
                        OnnxOptions.gpu())
                .bytes();
        OrtEnvironment environment = OnnxRuntimeEnvironment.get();
        try (SessionOptions options = new SessionOptions()) {
            environment.createSession(network, options).close();
            CudaProvider.refuseTheProcessor(options);

            assertThatThrownBy(() -> environment.createSession(network, options))
                    .isInstanceOf(OrtException.class)
                    .hasMessageContaining("assigned to the default CPU EP");
        }
    }

    private static TensorRtProvider tensorRt(Precision precision, @Nullable CacheFolders cache) {
        return new TensorRtProvider(SECOND, precision, false, 224, 192, 32, cache);
    }
}
