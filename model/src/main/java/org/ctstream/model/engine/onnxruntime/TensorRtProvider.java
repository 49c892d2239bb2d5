package org.ctstream.model.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.network.Recording;
import org.ctstream.model.onnx.OnnxOptions;
import org.jspecify.annotations.Nullable;

/**
 * A CUDA device, by an engine that TensorRT builds for it: minutes the first time, seconds from the cache.
 *
 * <p>The network's input is float32: TensorRT takes bytes only at the border of a network, and if ONNX Runtime gave their
 * conversion to CUDA, the part that is left for TensorRT would begin at another tensor than the profile names.
 *
 * @param device which
 * @param precision FP16 lets TensorRT choose half precision layer by layer; the network's ends stay float32
 * @param integers whether the network is an INT8 release's, with its own ranges
 * @param height rows of a slice
 * @param width columns of a slice
 * @param maxBatch the engine is built for 1 to this many slices a run, and best for this many
 * @param cache folders for engines and timings; null for none
 */
record TensorRtProvider(
        Device.Gpu device,
        Precision precision,
        boolean integers,
        int height,
        int width,
        int maxBatch,
        @Nullable CacheFolders cache)
        implements Provider {
    TensorRtProvider {
        if (integers && precision != Precision.FP32) {
            throw new IllegalArgumentException("an INT8 release is computed in integers and float32, not in "
                    + precision.name().toLowerCase(Locale.ROOT) + "; choose precision fp32");
        }
    }

    TensorRtProvider withCache(@Nullable CacheFolders folders) {
        return new TensorRtProvider(device, precision, integers, height, width, maxBatch, folders);
    }

    @Override
    public OrtProvider inOnnxRuntime() {
        return OrtProvider.TENSOR_RT;
    }

    @Override
    public String remedy() {
        return CudaProvider.REMEDY + " and TensorRT 10, or choose another engine";
    }

    @Override
    public OnnxOptions graph() {
        return OnnxOptions.gpu().withInput(PortType.FLOAT32);
    }

    /** TensorRT's settings, other than the device's number. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("trt_fp16_enable", precision == Precision.FP16 ? "1" : "0");
        // Without ranges in the network it would ask for a calibration table.
        settings.put("trt_int8_enable", integers ? "1" : "0");
        settings.put("trt_profile_min_shapes", shapes(1));
        settings.put("trt_profile_opt_shapes", shapes(maxBatch));
        settings.put("trt_profile_max_shapes", shapes(maxBatch));
        if (cache != null) {
            settings.put("trt_engine_cache_enable", "1");
            settings.put("trt_engine_cache_path", cache.engines().toString());
            settings.put("trt_timing_cache_enable", "1");
            settings.put("trt_timing_cache_path", cache.timings().toString());
        }
        return settings;
    }

    private String shapes(int slices) {
        return Recording.SLICES + ":" + slices + "x" + height + "x" + width;
    }

    @Override
    public void addTo(SessionOptions options) throws OrtException {
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(device.index())) {
            for (Map.Entry<String, String> setting : settings().entrySet()) {
                tensorRt.add(setting.getKey(), setting.getValue());
            }
            options.addTensorrt(tensorRt);
        }
        // For what TensorRT leaves over; the processor is no choice.
        new CudaProvider(device, precision).addTo(options);
    }
}
