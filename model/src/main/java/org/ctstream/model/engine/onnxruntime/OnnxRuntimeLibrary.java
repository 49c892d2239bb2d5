package org.ctstream.model.engine.onnxruntime;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Device;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.plan.NvidiaSmi;
import org.ctstream.model.plan.PlanException;

/** DJL's ONNX Runtime engine, loaded without any traffic and asked for the provider that is wanted. */
final class OnnxRuntimeLibrary {
    private final Engine engine;

    private OnnxRuntimeLibrary(Engine engine) {
        this.engine = engine;
    }

    /**
     * Loads the native libraries, the first time in a process.
     *
     * @throws org.ctstream.model.classify.ClassifierException.Unavailable if they are not there or do not load
     */
    static OnnxRuntimeLibrary load() {
        return new OnnxRuntimeLibrary(OnnxRuntimeEnvironment.engine());
    }

    Engine engine() {
        return engine;
    }

    /** Version of the native libraries, not of DJL. */
    String version() {
        return OnnxRuntimeEnvironment.get().getVersion();
    }

    /** Whether these libraries have the provider, and can load what it needs. */
    Availability availability(Provider provider) {
        if (!OrtEnvironment.getAvailableProviders().contains(provider.inOnnxRuntime())) {
            return new Availability.Missing(
                    "ONNX Runtime " + version() + " on the class path is built without "
                            + provider.inOnnxRuntime().getName(),
                    provider.remedy());
        }
        try (SessionOptions options = new SessionOptions()) {
            provider.addTo(options);
        } catch (OrtException e) {
            return new Availability.Missing(String.valueOf(e.getMessage()), provider.remedy());
        }
        return new Availability.Available(version(), detail(provider));
    }

    private static String detail(Provider provider) {
        if (provider instanceof CudaProvider cuda) {
            return detail(cuda.device());
        }
        if (provider instanceof TensorRtProvider tensorRt) {
            return detail(tensorRt.device());
        }
        return "processor with " + Runtime.getRuntime().availableProcessors() + " threads";
    }

    private static String detail(Device.Gpu device) {
        try {
            return NvidiaSmi.ofThisMachine().gpu(device.index()).toString();
        } catch (PlanException e) {
            // What ONNX Runtime computes with does not depend on nvidia-smi.
            return device.toString();
        }
    }
}
