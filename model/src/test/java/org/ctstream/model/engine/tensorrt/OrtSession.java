package org.ctstream.model.engine.tensorrt;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;

/**
 * The network TensorRT would compile, run by ONNX Runtime on the processor in the same way: one input and outputs of fixed
 * shape, in buffers that stay the same. For all of the engine that does not need a GPU.
 */
final class OrtSession implements Session {
    private final ai.onnxruntime.OrtSession session;
    private final long[] shape;
    private final FloatBuffer slices;
    private FloatBuffer logits = FloatBuffer.allocate(0);
    private Optional<FloatBuffer> evidence = Optional.empty();

    OrtSession(byte[] onnx) {
        try {
            session = OnnxRuntimeEnvironment.get().createSession(onnx, new ai.onnxruntime.OrtSession.SessionOptions());
            NodeInfo input = Objects.requireNonNull(session.getInputInfo().get("slices"));
            shape = ((TensorInfo) input.getInfo()).getShape();
            int values = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
            slices = ByteBuffer.allocateDirect(values * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public FloatBuffer slices() {
        return slices;
    }

    @Override
    public void run() {
        try (OnnxTensor input = OnnxTensor.createTensor(
                        OnnxRuntimeEnvironment.get(), slices.duplicate().clear(), shape);
                Result result = session.run(Map.of("slices", input))) {
            logits = copy(result, "logits").orElseThrow();
            evidence = copy(result, "evidence");
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<FloatBuffer> copy(Result result, String name) {
        return result.get(name).map(value -> ((OnnxTensor) value).getFloatBuffer());
    }

    @Override
    public FloatBuffer logits() {
        return logits;
    }

    @Override
    public Optional<FloatBuffer> evidence() {
        return evidence;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
