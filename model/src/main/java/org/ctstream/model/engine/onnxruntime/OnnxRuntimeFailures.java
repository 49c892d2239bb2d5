package org.ctstream.model.engine.onnxruntime;

import java.util.List;
import org.ctstream.model.engine.support.FailureMessages;

/** What ONNX Runtime's messages mean. */
final class OnnxRuntimeFailures {
    static final FailureMessages MESSAGES = new FailureMessages(
            List.of(
                    "out of memory",
                    "outofmemory",
                    "failed to allocate memory",
                    "std::bad_alloc",
                    "cublas_status_alloc_failed",
                    "cudnn_status_alloc_failed"),
            List.of(
                    "cuda failure",
                    "cuda error",
                    "cudnn failure",
                    "cublas failure",
                    "cudnn_status_execution_failed",
                    "cublas_status_execution_failed",
                    "execution context enqueue failed"));

    private OnnxRuntimeFailures() {}
}
