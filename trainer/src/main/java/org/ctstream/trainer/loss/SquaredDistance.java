package org.ctstream.trainer.loss;

/** The squared Euclidean distance of two embeddings, on the host. */
public final class SquaredDistance {
    private SquaredDistance() {}

    /** @param right of the left one's length */
    public static double of(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            double difference = left[i] - right[i];
            sum += difference * difference;
        }
        return sum;
    }
}
