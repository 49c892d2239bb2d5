package org.ctstream.imaging.slice;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Separable resize with {@link FilterWeights}: rows first, into 8 bits, then columns, as Pillow does. Rows are narrowed
 * as the columns come to need them, so that there is no image between the two.
 *
 * <p>Thread-safe. Weights are kept per pair of sizes, up to a bound, since scans of one scanner share one size.
 */
final class TriangleResampler {

    /** About 10 kB each; a flood of odd sizes recomputes instead of growing. */
    private static final int MAX_CACHED_AXES = 64;

    private static final int HALF = 1 << (FilterWeights.PRECISION_BITS - 1);

    private final Map<Long, FilterWeights> cache = new ConcurrentHashMap<>();

    GreySlice resample(GreySlice slice, int height, int width) {
        if (slice.height() == height && slice.width() == width) {
            return slice;
        }
        NarrowedRows rows =
                new NarrowedRows(slice, weights(slice.width(), width), weights(slice.height(), height).taps);
        return resampleColumns(rows, weights(slice.height(), height), width);
    }

    private FilterWeights weights(int inputSize, int outputSize) {
        long key = ((long) inputSize << 32) | outputSize;
        FilterWeights known = cache.get(key);
        if (known != null) {
            return known;
        }
        FilterWeights computed = new FilterWeights(inputSize, outputSize);
        if (cache.size() < MAX_CACHED_AXES) {
            cache.put(key, computed);
        }
        return computed;
    }

    private static GreySlice resampleColumns(NarrowedRows rows, FilterWeights axis, int width) {
        byte[] out = new byte[Math.multiplyExact(axis.outputSize, width)];
        int[] sums = new int[width];
        for (int position = 0; position < axis.outputSize; position++) {
            Arrays.fill(sums, HALF);
            for (int i = 0; i < axis.taps; i++) {
                int weight = axis.weights[position * axis.taps + i];
                if (weight != 0) {
                    addRow(rows.at(axis.first[position] + i), weight, sums);
                }
            }
            int at = position * width;
            for (int column = 0; column < width; column++) {
                out[at + column] = (byte) NarrowedRows.level(sums[column]);
            }
        }
        return new GreySlice(axis.outputSize, width, out);
    }

    /** Two arrays of int with one index: what Java 17's compiler turns into vector instructions; of bytes it does not. */
    private static void addRow(int[] row, int weight, int[] sums) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] += row[column] * weight;
        }
    }
}
