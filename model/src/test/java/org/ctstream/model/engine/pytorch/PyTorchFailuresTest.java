package org.ctstream.model.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ReleaseId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchFailuresTest {
    private static final EngineDescription GPU = new EngineDescription("pytorch", new Device.Gpu(0), "2.7.1", 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 15.77 GiB",
                "CUDA error: out of memory",
                "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"
            })
    void memoryMessagesAreOutOfMemory(String message) {
        assertThat(onClassifying(message)).isInstanceOf(ClassifierException.OutOfMemory.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: an illegal memory access was encountered",
                "CUDA error: unspecified launch failure",
                "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"
            })
    void otherCudaErrorsAreALostDevice(String message) {
        assertThat(onClassifying(message)).isInstanceOf(ClassifierException.DeviceLost.class);
    }

    @Test
    void anythingElseIsAnEngineFailureThatSaysWhereAndLeavesTheNativeStackToTheCause() {
        ClassifierException failure = onClassifying("shape mismatch\nException raised from cat at ...");

        assertThat(failure)
                .isInstanceOf(ClassifierException.EngineFailure.class)
                .hasMessage("a batch of 3 slices failed on engine pytorch 2.7.1, device gpu-0: shape mismatch")
                .hasCauseInstanceOf(EngineException.class);
    }

    @Test
    void failureWhileOpeningIsUnavailableUnlessItIsMemory() {
        ReleaseId release = new ReleaseId("tiny", "1");

        assertThat(PyTorchFailures.onOpening(new EngineException("no kernel image"), release, GPU))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("cannot load release tiny:1");
        assertThat(PyTorchFailures.onOpening(new EngineException("CUDA out of memory"), release, GPU))
                .isInstanceOf(ClassifierException.OutOfMemory.class);
    }

    private static ClassifierException onClassifying(String message) {
        return PyTorchFailures.onClassifying(new EngineException(message), 3, GPU);
    }
}
