package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * RMSProp as torch's: {@code g += decay w; s = 0.99 s + 0.01 g²; u = g / (sqrt(s) + 1e-8); v = momentum v + u;
 * w -= rate v}. DJL's own throws "not implemented" on PyTorch.
 *
 * @param momentum 0 (none) to below 1
 * @param weightDecay 0 (none) or more
 * @see "Tieleman and Hinton, Lecture 6.5: RMSProp, Coursera 2012"
 */
public record RmsProp(float momentum, float weightDecay) implements UpdateRule {
    private static final float SMOOTHING = 0.99f;
    private static final float EPSILON = 1e-8f;

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of("square") : List.of("square", "velocity");
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> slots, float learningRate, long update) {
        Decay.addTo(gradient, weight, weightDecay);
        NDArray square = slots.get(0);
        try (NDArray squared = gradient.square()) {
            square.muli(SMOOTHING).addi(squared.muli(1 - SMOOTHING));
        }
        try (NDArray root = square.sqrt()) {
            gradient.divi(root.addi(EPSILON));
        }
        if (momentum == 0) {
            weight.subi(gradient.muli(learningRate));
            return;
        }
        NDArray velocity = slots.get(1);
        velocity.muli(momentum).addi(gradient);
        try (NDArray move = velocity.mul(learningRate)) {
            weight.subi(move);
        }
    }
}
