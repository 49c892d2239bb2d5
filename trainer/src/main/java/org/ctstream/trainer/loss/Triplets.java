package org.ctstream.trainer.loss;

import java.util.Arrays;

/**
 * Triplets as rows of a batch of embeddings. The arrays are shared, not copied: built once, then read.
 *
 * @param anchors row of each anchor
 * @param positives row of an embedding of the anchor's class
 * @param negatives row of one of the other class
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString are defined for the arrays below
public record Triplets(int[] anchors, int[] positives, int[] negatives) {
    public Triplets {
        if (anchors.length != positives.length || anchors.length != negatives.length) {
            throw new IllegalArgumentException("triplets need as many anchors as positives and negatives, found "
                    + anchors.length + ", " + positives.length + " and " + negatives.length);
        }
    }

    /** Rows 0 to n-1 as anchors, the next n as their positives, the next n as their negatives. */
    public static Triplets thirds(int count) {
        int[] anchors = new int[count];
        int[] positives = new int[count];
        int[] negatives = new int[count];
        for (int i = 0; i < count; i++) {
            anchors[i] = i;
            positives[i] = count + i;
            negatives[i] = 2 * count + i;
        }
        return new Triplets(anchors, positives, negatives);
    }

    public int count() {
        return anchors.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Triplets that
                && Arrays.equals(anchors, that.anchors)
                && Arrays.equals(positives, that.positives)
                && Arrays.equals(negatives, that.negatives);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(anchors) * 31 * 31 + Arrays.hashCode(positives) * 31 + Arrays.hashCode(negatives);
    }

    @Override
    public String toString() {
        return "Triplets[count=" + count() + "]";
    }
}
