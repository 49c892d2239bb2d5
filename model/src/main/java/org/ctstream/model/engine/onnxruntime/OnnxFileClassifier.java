package org.ctstream.model.engine.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.Predictions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.support.BatchCheck;
import org.ctstream.model.engine.support.CloseGate;
import org.ctstream.model.engine.support.OnnxRuntimeEnvironment;
import org.ctstream.model.graph.PortType;
import org.ctstream.model.network.Recording;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.release.ModelRelease;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX file as it was written, opened again by ONNX Runtime on the processor with nothing tuned: to see whether the file
 * says what its release says, before it leaves for another machine. The engine that serves is another.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe; closing waits for the batches that are being classified.
 */
public final class OnnxFileClassifier implements Classifier {
    private static final int LARGEST_BATCH = 64;

    private final OrtEnvironment environment = OnnxRuntimeEnvironment.get();
    private final CloseGate gate = new CloseGate("the classifier of an ONNX file");
    private final OrtSession session;
    private final OnnxModel model;
    private final ModelRelease release;

    /**
     * Opens a file.
     *
     * @param file what {@link OnnxModel#write} wrote
     * @throws ClassifierException.EngineFailure if ONNX Runtime refuses it
     */
    public OnnxFileClassifier(Path file, OnnxModel model, ModelRelease release) {
        this.model = model;
        this.release = release;
        try {
            this.session = environment.createSession(file.toString());
        } catch (OrtException e) {
            throw new ClassifierException.EngineFailure("ONNX Runtime refuses " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        return gate.pass(() -> {
            BatchCheck.check(batch, release, maxBatchSize());
            return predictions(batch);
        });
    }

    private List<Prediction> predictions(SliceBatch batch) {
        int slices = batch.size();
        int run = model.options().batch().orElse(slices);
        long[] shape = {run, batch.height(), batch.width()};
        // A file for batches of one size gets empty slices behind the ones that count.
        ByteBuffer pixels = ByteBuffer.allocateDirect(run * batch.height() * batch.width())
                .put(batch.pixels())
                .clear();
        try (OnnxTensor input = input(pixels, shape);
                OrtSession.Result result = session.run(Map.of(Recording.SLICES, input))) {
            float[] logits = first(slices, run, result.get(Recording.LOGITS));
            Optional<OnnxModel.MapSize> map = model.heatmap();
            IntFunction<@Nullable Embedding> embedding = embeddings(slices, run, result);
            if (map.isEmpty()) {
                return Predictions.of(logits, null, 0, 0, embedding);
            }
            float[] evidence = first(slices, run, result.get(Recording.EVIDENCE));
            return Predictions.of(logits, evidence, map.get().rows(), map.get().columns(), embedding);
        } catch (OrtException e) {
            throw new ClassifierException.EngineFailure("ONNX Runtime fails on the file: " + e.getMessage(), e);
        }
    }

    private IntFunction<@Nullable Embedding> embeddings(int slices, int run, OrtSession.Result result) {
        int length = model.embeddingLength();
        if (length == 0) {
            return slice -> null;
        }
        float[] features = first(slices, run, result.get(Recording.EMBEDDING));
        return slice -> Embedding.ofFeatures(features, slice * length, length);
    }

    private OnnxTensor input(ByteBuffer pixels, long[] shape) throws OrtException {
        if (model.options().input() == PortType.UINT8) {
            return OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8);
        }
        FloatBuffer floats = ByteBuffer.allocateDirect(pixels.remaining() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        while (pixels.hasRemaining()) {
            floats.put(Byte.toUnsignedInt(pixels.get()));
        }
        return OnnxTensor.createTensor(environment, floats.flip(), shape);
    }

    private static float[] first(int slices, int run, Optional<OnnxValue> output) {
        FloatBuffer values = ((OnnxTensor) output.orElseThrow()).getFloatBuffer();
        float[] all = new float[values.remaining()];
        values.get(all);
        return Arrays.copyOf(all, all.length / run * slices);
    }

    @Override
    public ModelRelease release() {
        return release;
    }

    @Override
    public EngineDescription engine() {
        return new EngineDescription("onnx-file", Device.CPU, environment.getVersion(), 0);
    }

    @Override
    public int maxBatchSize() {
        return model.options().batch().orElse(LARGEST_BATCH);
    }

    @Override
    public void close() {
        gate.close(this::closeSession);
    }

    private void closeSession() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ClassifierException.EngineFailure("cannot close the ONNX file: " + e.getMessage(), e);
        }
    }
}
