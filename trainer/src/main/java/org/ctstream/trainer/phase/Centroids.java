package org.ctstream.trainer.phase;

/** Mean embedding of each class. */
final class Centroids {
    private final double[][] sums = new double[2][];
    private final int[] counts = new int[2];

    void add(float[] embedding, boolean positive) {
        int index = positive ? 1 : 0;
        if (counts[index]++ == 0) {
            sums[index] = new double[embedding.length];
        }
        for (int i = 0; i < embedding.length; i++) {
            sums[index][i] += embedding[i];
        }
    }

    /**
     * How much more an embedding points to the positive mean than to the negative one, squeezed into 0 to 1; one half if a
     * class has none.
     */
    double score(float[] embedding) {
        if (counts[0] == 0 || counts[1] == 0) {
            return 0.5;
        }
        double difference = 0;
        for (int i = 0; i < embedding.length; i++) {
            difference += embedding[i] * (sums[1][i] / counts[1] - sums[0][i] / counts[0]);
        }
        return Softmax.positive(0, difference);
    }
}
