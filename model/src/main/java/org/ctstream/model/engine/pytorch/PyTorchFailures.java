package org.ctstream.model.engine.pytorch;

import java.util.List;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.engine.support.FailureMessages;
import org.ctstream.model.release.ReleaseId;

/** What PyTorch's messages mean. */
final class PyTorchFailures {
    /** After any other CUDA error the device's context stays unusable until the process lets go of it. */
    private static final FailureMessages MESSAGES = new FailureMessages(
            List.of(
                    "out of memory",
                    "not enough memory",
                    "can't allocate memory",
                    "cublas_status_alloc_failed",
                    "cudnn_status_alloc_failed"),
            List.of("cuda error", "cudnn_status_execution_failed", "cublas_status_execution_failed"));

    private PyTorchFailures() {}

    static ClassifierException onOpening(RuntimeException e, ReleaseId release, EngineDescription engine) {
        return MESSAGES.onOpening(e, release, engine);
    }

    static ClassifierException onClassifying(RuntimeException e, int slices, EngineDescription engine) {
        return MESSAGES.onClassifying(e, slices, engine);
    }
}
