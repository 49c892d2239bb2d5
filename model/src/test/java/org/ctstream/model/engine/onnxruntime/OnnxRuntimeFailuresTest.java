package org.ctstream.model.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ReleaseId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeFailuresTest {
    private static final EngineDescription GPU = new EngineDescription("onnxruntime", new Device.Gpu(0), "1.21.1", 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bfc_arena.cc:376 AllocateRawInternal Failed to allocate memory for requested buffer of size 205520896",
                "CUDA failure 2: out of memory ; GPU=0 ; hostname=host ; expr=cudaMalloc((void**)&p, size)",
                "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; expr=cublasCreate(&cublas_handle_)",
                "Exception during initialization: std::bad_alloc"
            })
    void memoryMessagesAreOutOfMemory(String message) {
        assertThat(onClassifying(message)).isInstanceOf(ClassifierException.OutOfMemory.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; expr=cudaStreamSynchronize(s)",
                "CUDNN failure 5000: CUDNN_STATUS_EXECUTION_FAILED ; GPU=0",
                "TensorRT EP execution context enqueue failed."
            })
    void otherDeviceMessagesAreALostDevice(String message) {
        assertThat(onClassifying(message)).isInstanceOf(ClassifierException.DeviceLost.class);
    }

    @Test
    void anythingElseIsAnEngineFailureThatSaysWhere() {
        assertThat(onClassifying("Got invalid dimensions for input: slices"))
                .isInstanceOf(ClassifierException.EngineFailure.class)
                .hasMessageContaining("a batch of 3 slices failed on engine onnxruntime 1.21.1, device gpu-0")
                .hasMessageContaining("Got invalid dimensions for input: slices");
    }

    @Test
    void failureWhileOpeningIsUnavailableAndSaysWhatOnnxRuntimeSaid() {
        MalformedModelException refused = new MalformedModelException(
                "ONNX Model cannot be loaded",
                new OrtException(OrtException.OrtErrorCode.ORT_FAIL, "assigned to the default CPU EP"));

        assertThat(OnnxRuntimeFailures.MESSAGES.onOpening(refused, new ReleaseId("tiny", "1"), GPU))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("cannot load release tiny:1 into engine onnxruntime 1.21.1, device gpu-0")
                .hasMessageContaining("assigned to the default CPU EP");
    }

    private static ClassifierException onClassifying(String message) {
        OrtException cause = new OrtException(OrtException.OrtErrorCode.ORT_RUNTIME_EXCEPTION, message);
        return OnnxRuntimeFailures.MESSAGES.onClassifying(new EngineException(cause), 3, GPU);
    }
}
