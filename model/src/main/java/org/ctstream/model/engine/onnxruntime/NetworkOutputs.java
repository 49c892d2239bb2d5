package org.ctstream.model.engine.onnxruntime;

import java.util.List;
import org.ctstream.model.classify.Embedding;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.Predictions;
import org.ctstream.model.onnx.OnnxModel.MapSize;
import org.jspecify.annotations.Nullable;

/**
 * What the network says about a batch, filled by runs for parts of it.
 *
 * <h2>Thread safety</h2>
 *
 * Different slices may be set from different threads; predictions are made when all are.
 */
final class NetworkOutputs {
    private final float[] logits;
    private final float[] evidence;
    private final @Nullable Embedding[] embeddings;
    private final @Nullable MapSize map;
    private final int embeddingLength;

    NetworkOutputs(int slices, OutputSizes sizes) {
        this.map = sizes.map().orElse(null);
        this.embeddingLength = sizes.embedding();
        this.embeddings = new Embedding[slices];
        this.logits = new float[2 * slices];
        this.evidence = new float
                [sizes.map().map(size -> slices * size.rows() * size.columns()).orElse(0)];
    }

    /** Logits of a run, negative and positive slice by slice. */
    void setLogits(int firstSlice, float[] values) {
        System.arraycopy(values, 0, logits, 2 * firstSlice, values.length);
    }

    /** Evidence of a run, (slices, rows, columns). */
    void setEvidence(int firstSlice, float[] values) {
        if (map != null) {
            System.arraycopy(values, 0, evidence, firstSlice * map.rows() * map.columns(), values.length);
        }
    }

    /** Embeddings of a run, (slices, values); made small here, where the runs are made at the same time. */
    void setEmbeddings(int firstSlice, float[] values) {
        for (int i = 0; hasEmbedding() && i < values.length / embeddingLength; i++) {
            embeddings[firstSlice + i] = Embedding.ofFeatures(values, i * embeddingLength, embeddingLength);
        }
    }

    boolean hasEmbedding() {
        return embeddingLength > 0;
    }

    boolean hasMap() {
        return map != null;
    }

    List<Prediction> predictions() {
        return map == null
                ? Predictions.of(logits, null, 0, 0, slice -> embeddings[slice])
                : Predictions.of(logits, evidence, map.rows(), map.columns(), slice -> embeddings[slice]);
    }
}
