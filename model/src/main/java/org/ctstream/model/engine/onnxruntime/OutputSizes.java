package org.ctstream.model.engine.onnxruntime;

import java.util.Optional;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxModel.MapSize;

/**
 * What a network gives for each slice besides its logits. Apart from the model, whose weights nobody needs any more once it is
 * loaded.
 *
 * @param map size of the evidence; empty if it has none
 * @param embedding values of an embedding; 0 if it has none
 */
record OutputSizes(Optional<MapSize> map, int embedding) {
    static OutputSizes of(OnnxModel model) {
        return new OutputSizes(model.heatmap(), model.embeddingLength());
    }
}
