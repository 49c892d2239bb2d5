package org.ctstream.model.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.onnx.OnnxOptions;

/**
 * A CUDA device, by cuDNN.
 *
 * @param device which
 * @param precision FP16 asks for a network written in half precision
 */
record CudaProvider(Device.Gpu device, Precision precision) implements Provider {
    static final String REMEDY = "unpack the native libraries of com.microsoft.onnxruntime:onnxruntime_gpu:1.21.0, name"
            + " their folder by -Donnxruntime.native.path, and install the NVIDIA driver, CUDA 12 and cuDNN 9 (the image"
            + " onnxruntime-tensorrt of deploy/Dockerfile does so)";

    @Override
    public OrtProvider inOnnxRuntime() {
        return OrtProvider.CUDA;
    }

    @Override
    public String remedy() {
        return REMEDY + ", or choose device cpu";
    }

    @Override
    public OnnxOptions graph() {
        return OnnxOptions.gpu().withPrecision(precision);
    }

    /** CUDA's settings, other than the device's number. */
    Map<String, String> settings() {
        return new TreeMap<>(Map.of(
                // The default tries every algorithm again for every new batch size, some seconds each.
                "cudnn_conv_algo_search",
                "HEURISTIC",
                // TensorFloat-32 rounds to ten bits; that is not the precision that was asked for.
                "use_tf32",
                precision == Precision.FP32 ? "0" : "1",
                // Memory grows by what is needed, not to the next power of two: others may use the device as well.
                "arena_extend_strategy",
                "kSameAsRequested"));
    }

    @Override
    public void addTo(SessionOptions options) throws OrtException {
        add(options);
        refuseTheProcessor(options);
    }

    /** Adds this provider alone. */
    void add(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.index())) {
            for (Map.Entry<String, String> setting : settings().entrySet()) {
                cuda.add(setting.getKey(), setting.getValue());
            }
            options.addCUDA(cuda);
        }
    }

    /** ONNX Runtime would otherwise compute on the processor what the device's provider cannot, and say nothing. */
    static void refuseTheProcessor(SessionOptions options) throws OrtException {
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }
}
