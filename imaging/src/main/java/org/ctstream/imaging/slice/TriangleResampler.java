package org.ctstream.imaging.slice;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Separable resize with {@link FilterWeights}: rows first, into 8 bits, then columns, as Pillow does.
 *
 * <p>Thread-safe. Weights are kept per pair of sizes, up to a bound, since scans of one scanner share one size.
 */
final class TriangleResampler {

    /** About 10 kB each; a flood of odd sizes recomputes instead of growing. */
    private static final int MAX_CACHED_AXES = 64;

    private static final int HALF = 1 << (FilterWeights.PRECISION_BITS - 1);

    private final Map<Long, FilterWeights> cache = new ConcurrentHashMap<>();

    GreySlice resample(GreySlice slice, int height, int width) {
        GreySlice narrowed = slice.width() == width ? slice : resampleRows(slice, weights(slice.width(), width));
        return narrowed.height() == height ? narrowed : resampleColumns(narrowed, weights(slice.height(), height));
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

    private static GreySlice resampleRows(GreySlice slice, FilterWeights axis) {
        byte[] in = slice.pixels();
        byte[] out = new byte[slice.height() * axis.outputSize];
        int[] weights = axis.weights;
        for (int position = 0; position < axis.outputSize; position++) {
            int first = axis.first[position];
            int weight = position * axis.stride;
            int end = weight + axis.count[position];
            for (int row = 0; row < slice.height(); row++) {
                int from = row * slice.width() + first;
                int sum = HALF;
                for (int i = weight; i < end; i++) {
                    sum += (in[from++] & 0xFF) * weights[i];
                }
                out[row * axis.outputSize + position] = clip(sum);
            }
        }
        return new GreySlice(slice.height(), axis.outputSize, out);
    }

    private static GreySlice resampleColumns(GreySlice slice, FilterWeights axis) {
        int width = slice.width();
        byte[] in = slice.pixels();
        byte[] out = new byte[axis.outputSize * width];
        int[] sums = new int[width];
        for (int position = 0; position < axis.outputSize; position++) {
            Arrays.fill(sums, HALF);
            for (int i = 0; i < axis.count[position]; i++) {
                addRow(in, (axis.first[position] + i) * width, axis.weights[position * axis.stride + i], sums);
            }
            for (int column = 0; column < width; column++) {
                out[position * width + column] = clip(sums[column]);
            }
        }
        return new GreySlice(axis.outputSize, width, out);
    }

    /** Whole rows at a time, so that memory is walked in order and the loop vectorises. */
    private static void addRow(byte[] in, int from, int weight, int[] sums) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] += (in[from + column] & 0xFF) * weight;
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.min(255, Math.max(0, sum >> FilterWeights.PRECISION_BITS));
    }
}
