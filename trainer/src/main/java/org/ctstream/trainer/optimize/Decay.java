package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;

/** L2 weight decay, as part of the gradient. */
final class Decay {
    private Decay() {}

    static void addTo(NDArray gradient, NDArray weight, float weightDecay) {
        if (weightDecay != 0) {
            try (NDArray decay = weight.mul(weightDecay)) {
                gradient.addi(decay);
            }
        }
    }
}
