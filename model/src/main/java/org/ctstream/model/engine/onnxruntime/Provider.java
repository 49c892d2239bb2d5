package org.ctstream.model.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import org.ctstream.model.onnx.OnnxOptions;

/** What ONNX Runtime computes a network with. */
sealed interface Provider permits CpuProvider, CudaProvider, TensorRtProvider {

    /** Its name in ONNX Runtime, which is built with it or not. */
    OrtProvider inOnnxRuntime();

    /** What to install where it is missing, or to choose instead. */
    String remedy();

    /** How the network is to be written for it. */
    OnnxOptions graph();

    /**
     * Asks for it, and for nothing to be computed by anything slower in its place.
     *
     * @throws OrtException if it is not there or does not load
     */
    void addTo(SessionOptions options) throws OrtException;
}
