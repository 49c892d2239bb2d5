package org.ctstream.model.classify;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a network puts a slice among all slices: the direction of the last linear layer's input, 1,664 averaged features of a
 * DenseNet169, 512 numbers of an {@code -embedding} network. Slices that the classifier can hardly tell apart lie in nearly
 * the same direction; embeddings of different weights have nothing to do with each other.
 *
 * <p>A value is kept in one signed byte, -127 to 127, as its share of the largest of them: only the direction counts, and this
 * way every slice uses the whole range. What is lost moves a cosine by about 0.001.
 *
 * <h2>Thread safety</h2>
 *
 * Immutable.
 */
public final class Embedding {
    /** Values of the longest embedding; a network with more features has none. */
    public static final int LONGEST = 4096;

    private static final int LARGEST = 127;

    private final byte[] values;
    private final double length;

    /** @param values kept, not copied */
    private Embedding(byte[] values) {
        if (values.length < 1 || values.length > LONGEST) {
            throw new IllegalArgumentException("an embedding has 1 to " + LONGEST + " values, found " + values.length);
        }
        this.values = values;
        this.length = Math.sqrt(product(values, values));
        if (length == 0) {
            throw new IllegalArgumentException("an embedding of zeros has no direction");
        }
    }

    /**
     * The direction of a network's features.
     *
     * @param features of some slices, one after the other; only read
     * @param offset index of the slice's first
     * @param count how many the slice has
     * @return null if they have none: all are zero, one is not finite, or they are more than {@value #LONGEST}
     */
    public static @Nullable Embedding ofFeatures(float[] features, int offset, int count) {
        if (count > LONGEST) {
            return null;
        }
        float largest = 0;
        for (int i = offset; i < offset + count; i++) {
            float size = Math.abs(features[i]);
            if (!Float.isFinite(size)) {
                return null;
            }
            largest = Math.max(largest, size);
        }
        if (largest == 0) {
            return null;
        }
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
            // Not by the factor 127 / largest, which is infinite where the largest is tiny.
            values[i] = (byte) Math.round(features[offset + i] / largest * LARGEST);
        }
        return new Embedding(values);
    }

    /**
     * The embedding with these values, as {@link #bytes} gave them.
     *
     * @throws IllegalArgumentException if there are none or more than {@value #LONGEST}, or all are zero
     */
    public static Embedding ofBytes(byte[] bytes) {
        return new Embedding(bytes.clone());
    }

    /** The values, each a signed byte; a copy. */
    public byte[] bytes() {
        return values.clone();
    }

    /** How many values it has. */
    public int size() {
        return values.length;
    }

    /**
     * Cosine of the angle between two embeddings of the same weights: 1 for the same direction, 0 for nothing in common, -1
     * for the opposite one. Averaged features behind a ReLU are never negative, so that of two DenseNet slices is 0 to 1.
     *
     * @throws IllegalArgumentException if the other has another number of values: then it is of another network
     */
    public double similarity(Embedding other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException("embeddings of " + values.length + " and " + other.values.length
                    + " values are of different networks and cannot be compared");
        }
        return Math.max(-1, Math.min(1, product(values, other.values) / (length * other.length)));
    }

    /** At most 4,096 times 127 times 127, far from what an int holds. */
    private static int product(byte[] one, byte[] other) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "embedding of " + values.length + " values";
    }
}
