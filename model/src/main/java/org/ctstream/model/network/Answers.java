package org.ctstream.model.network;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of some images.
 *
 * @param logits float32 (N, classes)
 * @param evidence what each place adds to the positive class's logit less the negative's, up to a positive factor and
 *     without what is the same for all places, float32 (N, rows, columns); null if the network has no such map
 * @param embedding input of the last linear layer, float32 (N, features); null if that is no average of a map or made of one
 */
public record Answers(
        NDArray logits,
        @Nullable NDArray evidence,
        @Nullable NDArray embedding) implements AutoCloseable {
    @Override
    public void close() {
        logits.close();
        if (evidence != null) {
            evidence.close();
        }
        if (embedding != null) {
            embedding.close();
        }
    }
}
