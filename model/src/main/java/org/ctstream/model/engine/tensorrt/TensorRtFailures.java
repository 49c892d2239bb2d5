package org.ctstream.model.engine.tensorrt;

import java.util.List;
import org.ctstream.model.engine.support.FailureMessages;

/**
 * What TensorRT's messages mean.
 *
 * <p>Not every failure gets here. DJL's bridge (0.33.0) ends the process, by {@code abort}, when a call of CUDA's own fails:
 * when the GPU has no memory for a session's inputs and outputs, and when it is lost. Of TensorRT's reasons the exceptions
 * repeat little; they stand in the process's error output.
 */
final class TensorRtFailures {
    static final FailureMessages MESSAGES = new FailureMessages(
            List.of("out of memory", "outofmemory", "memory allocation", "std::bad_alloc", "cannot allocate"),
            List.of("cuda error", "cuda failure", "cudnn_status_execution_failed", "cublas_status_execution_failed"));

    private TensorRtFailures() {}
}
