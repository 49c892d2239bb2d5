package org.ctstream.model.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import org.ctstream.model.onnx.OnnxOptions;

/** The processor, by ONNX Runtime's own kernels, which are always there. */
record CpuProvider() implements Provider {
    @Override
    public OrtProvider inOnnxRuntime() {
        return OrtProvider.CPU;
    }

    @Override
    public String remedy() {
        return "put com.microsoft.onnxruntime:onnxruntime on the class path";
    }

    @Override
    public OnnxOptions graph() {
        return OnnxOptions.cpu();
    }

    @Override
    public void addTo(SessionOptions options) throws OrtException {
        // Threads that wait for the next layer spin, which is worth a quarter of the time of one slice; but not after
        // the last layer, when the rest of the process needs the core.
        options.addConfigEntry("session.force_spinning_stop", "1");
    }
}
