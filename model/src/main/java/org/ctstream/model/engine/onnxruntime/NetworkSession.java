package org.ctstream.model.engine.onnxruntime;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.ctstream.model.engine.support.FloatSlices;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.network.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A network in ONNX Runtime, loaded by DJL.
 *
 * <p>DJL's blocks are run without its predictor and translators, which would copy a batch slice by slice. What is left
 * of DJL, an array for the input's own memory and one for each output, costs 5 to 7 microseconds a run.
 *
 * <p>The provider is set in ONNX Runtime's options: DJL knows CUDA and TensorRT only without their settings, so as far as
 * DJL is concerned every model is on the processor.
 *
 * <h2>Thread safety</h2>
 *
 * Runs may be made from any number of threads at the same time; each uses the session's threads besides its own. Not to
 * be closed while one is running.
 */
final class NetworkSession implements AutoCloseable {
    private final SessionOptions options;
    private final Model model;
    private final FloatSlices floats = new FloatSlices();
    private final PortType input;

    private NetworkSession(SessionOptions options, Model model, PortType input) {
        this.options = options;
        this.model = model;
        this.input = input;
    }

    /**
     * @param file the network, ONNX; not needed any more afterwards
     * @param threads threads of a run, the caller's included
     */
    static NetworkSession open(Engine engine, Path file, Provider provider, int threads)
            throws OrtException, IOException, MalformedModelException {
        SessionOptions options = new SessionOptions();
        @Nullable Model model = null;
        boolean opened = false;
        try {
            model = engine.newModel("network", Device.cpu());
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            provider.addTo(options);
            model.load(file, null, Map.of("sessionOptions", options));
            opened = true;
            return new NetworkSession(options, model, provider.graph().input());
        } finally {
            if (!opened) {
                if (model != null) {
                    model.close();
                }
                options.close();
            }
        }
    }

    /**
     * Runs the network.
     *
     * @param pixels direct, uint8, (slices, height, width); the remaining bytes are read in place
     * @param shape its shape
     * @param outputs where the outputs go, from the slice {@code first} on
     */
    void run(ByteBuffer pixels, Shape shape, NetworkOutputs outputs, int first) {
        if (input == PortType.UINT8) {
            run(manager -> manager.create(pixels, shape, DataType.UINT8), outputs, first);
        } else {
            floats.use(
                    pixels, values -> run(manager -> manager.create(values, shape, DataType.FLOAT32), outputs, first));
        }
    }

    private void run(Input slices, NetworkOutputs outputs, int first) {
        try (NDManager call = model.getNDManager().newSubManager();
                NDArray array = slices.in(call)) {
            NDList found = model.getBlock().forward(new ParameterStore(call, false), new NDList(array), false);
            outputs.setLogits(first, found.get(Recording.LOGITS).toFloatArray());
            if (outputs.hasMap()) {
                outputs.setEvidence(first, found.get(Recording.EVIDENCE).toFloatArray());
            }
            if (outputs.hasEmbedding()) {
                outputs.setEmbeddings(first, found.get(Recording.EMBEDDING).toFloatArray());
            }
        }
    }

    @Override
    public void close() {
        model.close();
        // The session refers to them to its end.
        options.close();
    }

    /** Makes the input array. */
    @FunctionalInterface
    private interface Input {
        NDArray in(NDManager manager);
    }
}
