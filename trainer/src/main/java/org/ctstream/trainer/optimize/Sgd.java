package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and L2 weight decay, as torch's: {@code g += decay w; v = momentum v + g;
 * w -= rate v}.
 *
 * @param momentum 0 (none) to below 1
 * @param weightDecay 0 (none) or more
 */
public record Sgd(float momentum, float weightDecay) implements UpdateRule {
    private static final String VELOCITY = "velocity";

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of(VELOCITY);
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> slots, float learningRate, long update) {
        Decay.addTo(gradient, weight, weightDecay);
        if (momentum == 0) {
            weight.subi(gradient.muli(learningRate));
            return;
        }
        NDArray velocity = slots.get(0);
        velocity.muli(momentum).addi(gradient);
        try (NDArray move = velocity.mul(learningRate)) {
            weight.subi(move);
        }
    }
}
