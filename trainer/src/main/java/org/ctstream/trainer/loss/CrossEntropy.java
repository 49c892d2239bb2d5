package org.ctstream.trainer.loss;

import ai.djl.ndarray.NDArray;

/** Cross-entropy between target probabilities and the softmax of logits. */
public final class CrossEntropy {
    private static final int CLASS_AXIS = 1;

    private CrossEntropy() {}

    /**
     * Mean over the images of {@code -sum(target log softmax(logits))}.
     *
     * @param logits float32 (N, classes)
     * @param targets float32 (N, classes), each row summing to 1: one-hot, smoothed or mixed
     * @return scalar
     */
    public static NDArray of(NDArray logits, NDArray targets) {
        try (NDArray logProbabilities = logits.logSoftmax(CLASS_AXIS);
                NDArray weighted = logProbabilities.mul(targets);
                NDArray perImage = weighted.sum(new int[] {CLASS_AXIS});
                NDArray mean = perImage.mean()) {
            return mean.neg();
        }
    }
}
