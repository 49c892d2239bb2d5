package org.ctstream.imaging.slice;

import java.util.Arrays;

/**
 * The weights with which each output position of one axis sums its input positions: a triangle whose support grows with
 * the reduction, so that reducing averages and does not alias.
 *
 * <p>Fixed point with {@link #PRECISION_BITS} fraction bits. The arithmetic follows Pillow's {@code Resample.c}
 * ({@code precompute_coeffs}, {@code normalize_coeffs_8bpc}) operation by operation, since its rounding is part of the
 * reference. Unlike there, every output position has the same number of weights, zeros among them, so that the loops over
 * them have one length.
 *
 * <p>Immutable in use: the arrays are package-private, for the resampler's inner loops, and never written again.
 */
final class FilterWeights {

    /** 8 bits for the pixel and 2 for headroom are left of 32. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    final int inputSize;
    final int outputSize;

    /** Weights per output position. */
    final int taps;

    /** First input position of each output position; this and the {@link #taps} - 1 next ones lie in the input. */
    final int[] first;

    /** (outputSize × taps) weights, 0 or more; those of one output position sum to 1 up to rounding. */
    final int[] weights;

    FilterWeights(int inputSize, int outputSize) {
        this.inputSize = inputSize;
        this.outputSize = outputSize;
        double scale = (double) inputSize / outputSize;
        double support = Math.max(scale, 1.0);
        int most = 1;
        for (int position = 0; position < outputSize; position++) {
            most = Math.max(most, end(position, scale, support) - begin(position, scale, support));
        }
        this.taps = most;
        this.first = new int[outputSize];
        this.weights = new int[Math.multiplyExact(outputSize, taps)];
        double[] triangle = new double[taps];
        for (int position = 0; position < outputSize; position++) {
            fill(position, scale, support, triangle);
        }
    }

    private static int begin(int position, double scale, double support) {
        return Math.max((int) ((position + 0.5) * scale - support + 0.5), 0);
    }

    private int end(int position, double scale, double support) {
        return Math.min((int) ((position + 0.5) * scale + support + 0.5), inputSize);
    }

    private void fill(int position, double scale, double support, double[] triangle) {
        double center = (position + 0.5) * scale;
        int begin = begin(position, scale, support);
        int length = end(position, scale, support) - begin;
        double perSupport = 1.0 / support;
        double sum = 0;
        Arrays.fill(triangle, 0);
        for (int i = 0; i < length; i++) {
            triangle[i] = Math.max(1.0 - Math.abs((i + begin - center + 0.5) * perSupport), 0.0);
            sum += triangle[i];
        }
        first[position] = Math.min(begin, inputSize - taps);
        int at = position * taps + begin - first[position];
        for (int i = 0; i < length; i++) {
            weights[at + i] = (int) (0.5 + triangle[i] / sum * (1 << PRECISION_BITS));
        }
    }
}
