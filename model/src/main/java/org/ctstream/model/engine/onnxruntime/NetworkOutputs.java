package org.ctstream.model.engine.onnxruntime;

import java.util.List;
import java.util.Optional;
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
    private final @Nullable MapSize map;

    NetworkOutputs(int slices, Optional<MapSize> map) {
        this.map = map.orElse(null);
        this.logits = new float[2 * slices];
        this.evidence =
                new float[map.map(size -> slices * size.rows() * size.columns()).orElse(0)];
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

    boolean hasMap() {
        return map != null;
    }

    List<Prediction> predictions() {
        return map == null
                ? Predictions.of(logits, null, 0, 0)
                : Predictions.of(logits, evidence, map.rows(), map.columns());
    }
}
