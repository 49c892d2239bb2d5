package org.ctstream.trainer.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Adam with decoupled weight decay, betas 0.9 and 0.999, as torch's AdamW.
 *
 * @param weightDecay 0 (none) or more
 * @see "Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019"
 */
public record AdamW(float weightDecay) implements UpdateRule {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    @Override
    public List<String> slots() {
        return List.of("mean", "square");
    }

    @Override
    public void update(NDArray weight, NDArray gradient, List<NDArray> slots, float learningRate, long update) {
        if (weightDecay != 0) {
            weight.muli(1 - learningRate * weightDecay);
        }
        NDArray mean = slots.get(0);
        NDArray square = slots.get(1);
        try (NDArray squared = gradient.square()) {
            square.muli(BETA2).addi(squared.muli(1 - BETA2));
        }
        mean.muli(BETA1).addi(gradient.muli(1 - BETA1));
        double correction1 = 1 - Math.pow(BETA1, (double) update);
        double correction2 = 1 - Math.pow(BETA2, (double) update);
        try (NDArray root = square.sqrt()) {
            root.divi((float) Math.sqrt(correction2)).addi(EPSILON);
            try (NDArray move = mean.div(root)) {
                weight.subi(move.muli((float) (learningRate / correction1)));
            }
        }
    }
}
