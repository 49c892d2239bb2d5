package org.ctstream.model.engine.tensorrt;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.onnx.OnnxModel.MapSize;
import org.jspecify.annotations.Nullable;

/** A session with what is needed to fill it and to read it. Not thread-safe. */
final class Lane implements AutoCloseable {
    private static final int CLASSES = 2;
    private static final int UNSIGNED = 0xff;

    private final Session session;
    private final int perRun;
    private final Optional<MapSize> mapSize;
    private final byte[] grey;
    private final float[] values;

    /**
     * @param perRun slices of each run
     * @param slicePixels rows times columns of a slice
     * @param mapSize of the session's class activation maps; empty if it has none
     */
    Lane(Session session, int perRun, int slicePixels, Optional<MapSize> mapSize) {
        this.session = session;
        this.perRun = perRun;
        this.mapSize = mapSize;
        this.grey = new byte[slicePixels];
        this.values = new float[slicePixels];
    }

    /**
     * Classifies a portion of a batch.
     *
     * @param pixels the whole batch, uint8; only read
     * @param predictions of the whole batch: the portion's places are set
     */
    void classify(ByteBuffer pixels, Portion portion, Prediction[] predictions) {
        fill(pixels, portion);
        session.run();
        FloatBuffer logits = session.logits();
        for (int i = 0; i < portion.size(); i++) {
            predictions[portion.from() + i] =
                    Prediction.ofLogits(logits.get(i * CLASSES), logits.get(i * CLASSES + 1), heatmap(i), null);
        }
    }

    private void fill(ByteBuffer pixels, Portion portion) {
        ByteBuffer source = pixels.duplicate().position(portion.from() * grey.length);
        FloatBuffer target = session.slices().duplicate().clear();
        for (int i = 0; i < portion.size(); i++) {
            source.get(grey);
            for (int j = 0; j < grey.length; j++) {
                values[j] = grey[j] & UNSIGNED;
            }
            target.put(values);
        }
        // The network looks at each slice alone; black ones keep what an earlier run left from being computed again.
        Arrays.fill(values, 0);
        for (int i = portion.size(); i < perRun; i++) {
            target.put(values);
        }
    }

    private @Nullable Heatmap heatmap(int slice) {
        if (mapSize.isEmpty()) {
            return null;
        }
        MapSize size = mapSize.get();
        float[] evidence = new float[size.rows() * size.columns()];
        session.evidence()
                .orElseThrow()
                .duplicate()
                .position(slice * evidence.length)
                .get(evidence);
        return Heatmap.ofEvidence(size.rows(), size.columns(), evidence, 0);
    }

    @Override
    public void close() {
        session.close();
    }
}
