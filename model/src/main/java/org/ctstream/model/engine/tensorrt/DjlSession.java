package org.ctstream.model.engine.tensorrt;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.tensorrt.engine.TrtSession;
import ai.djl.training.ParameterStore;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session of DJL's TensorRT engine: its buffers are the host's side of the network's inputs and outputs. */
final class DjlSession implements Session {
    private final Predictor<NDList, NDList> owner;
    private final TrtSession session;
    private final ParameterStore parameters;
    private final NDList inputs;
    private final FloatBuffer slices;
    private final FloatBuffer logits;
    private final Optional<FloatBuffer> evidence;

    private DjlSession(Predictor<NDList, NDList> owner, TrtSession session, NDManager manager, Bindings bindings) {
        this.owner = owner;
        this.session = session;
        this.parameters = new ParameterStore(manager, false);
        this.inputs = session.getInputBindings();
        this.slices = bindings.buffer(inputs, bindings.slices(), bindings.slicesShape());
        NDList outputs = session.getOutputBindings();
        this.logits = bindings.buffer(outputs, bindings.logits(), bindings.logitsShape());
        this.evidence = bindings.evidenceShape().map(shape -> bindings.buffer(outputs, bindings.evidence(), shape));
    }

    /**
     * Opens a session and runs it once, on black slices.
     *
     * @throws ai.djl.engine.EngineException if TensorRT has none
     * @throws IllegalStateException if the network's inputs and outputs are not the expected ones
     */
    static DjlSession open(Model model, Device device, Bindings bindings) {
        Capture capture = new Capture();
        Predictor<NDList, NDList> predictor = model.newPredictor(capture, device);
        boolean opened = false;
        try {
            predictor.predict(new NDList());
            DjlSession session =
                    new DjlSession(predictor, Objects.requireNonNull(capture.session), model.getNDManager(), bindings);
            opened = true;
            return session;
        } catch (TranslateException e) {
            throw new IllegalStateException("the first run failed: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                predictor.close();
            }
        }
    }

    @Override
    public FloatBuffer slices() {
        return slices;
    }

    /** Without the predictor's way around, which would open and close a memory manager each time. */
    @Override
    public void run() {
        session.forward(parameters, inputs, false);
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
        owner.close();
    }

    /** DJL shows a predictor's session to its translator alone. */
    private static final class Capture implements Translator<NDList, NDList> {
        private @Nullable TrtSession session;

        @Override
        public void prepare(TranslatorContext context) {
            session = (TrtSession) context.getBlock();
        }

        @Override
        public @Nullable Batchifier getBatchifier() {
            return null;
        }

        @Override
        public NDList processInput(TranslatorContext context, NDList nothing) {
            return Objects.requireNonNull(session).getInputBindings();
        }

        @Override
        public NDList processOutput(TranslatorContext context, NDList outputs) {
            return outputs;
        }
    }

    /**
     * The network's input and outputs as the exporter names and shapes them.
     *
     * @param evidenceShape empty if the network has no such output
     */
    record Bindings(
            String slices,
            Shape slicesShape,
            String logits,
            Shape logitsShape,
            String evidence,
            Optional<Shape> evidenceShape) {

        private FloatBuffer buffer(NDList arrays, String name, Shape expected) {
            NDArray array = arrays.get(name);
            if (array == null
                    || array.getDataType() != DataType.FLOAT32
                    || !array.getShape().equals(expected)) {
                throw new IllegalStateException("the network should have float32 '" + name + "' of shape " + expected
                        + ", found " + (array == null ? "none" : array.getDataType() + " " + array.getShape())
                        + "; its plan was made from another graph");
            }
            return array.toByteBuffer(true).asFloatBuffer();
        }
    }
}
