package org.ctstream.model.quantize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.graph.quantized.ChannelRange;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Weights;

/**
 * Runs a float release on slices without labels and keeps the range of every value that is to be computed with in 8 bits.
 *
 * <p>Ranges go from the smallest to the largest number seen. Cutting off the outermost thousandth or ten-thousandth was
 * tried, and moved the probabilities of a DenseNet169 three to ten times as far as keeping all of it did.
 *
 * <h2>Thread safety</h2>
 *
 * Not thread-safe.
 */
public final class Calibration implements AutoCloseable {
    private final ModelRelease release;
    private final Weights weights;
    private final ObservedGraph observed;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ByteBuffer slice;
    private final Map<String, ChannelRange> ranges = new HashMap<>();
    private int slices;

    private Calibration(
            ModelRelease release,
            Weights weights,
            ObservedGraph observed,
            OrtEnvironment environment,
            OrtSession session) {
        this.release = release;
        this.weights = weights;
        this.observed = observed;
        this.environment = environment;
        this.session = session;
        this.slice = ByteBuffer.allocateDirect(release.height() * release.width());
    }

    /**
     * Gets a release ready, on the processor.
     *
     * @param threads threads the network is computed with; 0 lets the engine decide
     * @throws IllegalArgumentException if it is an INT8 release already, or has nothing to quantize
     * @throws org.ctstream.model.weights.WeightsException if the weights cannot be read or do not fit
     * @throws ClassifierException.Unavailable if ONNX Runtime is not to be had
     */
    public static Calibration open(StoredRelease stored, int threads) {
        Weights weights = SafeTensors.read(stored.weights());
        if (Ranges.areIn(weights)) {
            throw new IllegalArgumentException("release " + stored.release().id()
                    + " is an INT8 release already; quantize the float release it was made of");
        }
        OnnxModel model = OnnxExport.of(stored, OnnxOptions.gpu());
        ObservedGraph observed = ObservedGraph.of(model.graph());
        if (observed.values().isEmpty()) {
            throw new IllegalArgumentException("release " + stored.release().id() + " ("
                    + stored.release().architecture() + ") has no convolution to quantize");
        }
        try {
            OrtEnvironment environment = OnnxRuntimeEnvironment.get();
            try (SessionOptions options = new SessionOptions()) {
                if (threads > 0) {
                    options.setIntraOpNumThreads(threads);
                }
                byte[] bytes = new OnnxModel(observed.graph(), model.options()).bytes();
                return new Calibration(
                        stored.release(), weights, observed, environment, environment.createSession(bytes, options));
            }
        } catch (OrtException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new ClassifierException.Unavailable(
                    "Cannot calibrate release " + stored.release().id() + ": ONNX Runtime does not run here: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Runs one slice.
     *
     * @param pixels the slice as the network wants it, row-major, 0 to 255
     * @throws IllegalArgumentException if it has another size
     * @throws ClassifierException.EngineFailure if the network answers numbers that are not finite, or cannot run
     */
    public void add(byte[] pixels) {
        if (pixels.length != slice.capacity()) {
            throw new IllegalArgumentException("release " + release.id() + " wants slices of " + release.height()
                    + " x " + release.width() + " = " + slice.capacity() + " bytes, found " + pixels.length);
        }
        slice.clear().put(pixels).flip();
        long[] shape = {1, release.height(), release.width()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, slice, shape, OnnxJavaType.UINT8);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            for (int i = 0; i < observed.values().size(); i++) {
                ChannelRange range =
                        new ChannelRange(floats(result, ObservedGraph.low(i)), floats(result, ObservedGraph.high(i)));
                ranges.merge(observed.values().get(i), range, ChannelRange::with);
            }
        } catch (OrtException | IllegalArgumentException e) {
            throw new ClassifierException.EngineFailure(
                    "Cannot calibrate release " + release.id() + " with slice " + (slices + 1) + ": " + e.getMessage(),
                    e);
        }
        slices++;
    }

    /** Slices that were run. */
    public int slices() {
        return slices;
    }

    /**
     * The release's weights with the ranges: those of an INT8 release.
     *
     * @throws IllegalStateException if no slice was run
     */
    public Weights quantized() {
        if (slices == 0) {
            throw new IllegalStateException("release " + release.id() + " was calibrated with no slice");
        }
        return new Ranges(new TreeMap<>(ranges))
                .addedTo(weights, Map.of("quantization", "int8, lowest to highest of " + slices + " slices"));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close the calibration's session", e);
        }
    }

    private static float[] floats(OrtSession.Result result, String output) {
        FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
