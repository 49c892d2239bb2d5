package org.ctstream.model.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Predictions out of the arrays that a network gives. */
public final class Predictions {
    private Predictions() {}

    /** Without embeddings. */
    public static List<Prediction> of(float[] logits, float @Nullable [] evidence, int rows, int columns) {
        return of(logits, evidence, rows, columns, slice -> null);
    }

    /**
     * One prediction per slice, in order.
     *
     * @param logits slice by slice: negative, positive
     * @param evidence slice by slice rows x columns values, see {@link Heatmap#ofEvidence}; null if the network has no map
     * @param rows rows of a map
     * @param columns columns of a map
     * @param embedding of each slice by its index; null for a slice that has none
     */
    public static List<Prediction> of(
            float[] logits,
            float @Nullable [] evidence,
            int rows,
            int columns,
            IntFunction<@Nullable Embedding> embedding) {
        List<Prediction> predictions = new ArrayList<>(logits.length / 2);
        for (int slice = 0; 2 * slice < logits.length; slice++) {
            Heatmap map = evidence == null ? null : Heatmap.ofEvidence(rows, columns, evidence, slice * rows * columns);
            predictions.add(Prediction.ofLogits(logits[2 * slice], logits[2 * slice + 1], map, embedding.apply(slice)));
        }
        return List.copyOf(predictions);
    }
}
