package org.ctstream.sink.store;

/**
 * An embedding as results carry it: signed bytes, of which only the direction counts. Immutable; not to be confused with those
 * of other weights, whose directions mean something else.
 */
public final class StoredEmbedding {
    private final byte[] values;
    private final double length;

    /** @param values kept, not copied; as {@code ScanClassified.embedding} has them */
    StoredEmbedding(byte[] values) {
        this.values = values;
        this.length = Math.sqrt(product(values, values));
    }

    /**
     * Cosine of the angle between both, -1 to 1; 1 is the same direction. 0 where there is none: for one of another length, or
     * of zeros alone, which no worker writes and a record of somebody else's may have.
     */
    public double similarity(StoredEmbedding other) {
        double lengths = length * other.length;
        if (other.values.length != values.length || lengths == 0) {
            return 0;
        }
        return Math.max(-1, Math.min(1, product(values, other.values) / lengths));
    }

    /** At most 4,096 times 128 times 128, which an int holds. */
    private static int product(byte[] one, byte[] other) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
