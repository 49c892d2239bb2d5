package org.ctstream.trainer.phase;

/** Probabilities of two logits, on the host. */
public final class Softmax {
    private Softmax() {}

    /** Probability of the positive class, 0 to 1. */
    public static double positive(double negativeLogit, double positiveLogit) {
        return 1 / (1 + Math.exp(negativeLogit - positiveLogit));
    }

    /** Cross-entropy of one image's logits, finite for every finite input. */
    static double crossEntropy(float[] logits, int target) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return largest + Math.log(sum) - logits[target];
    }
}
