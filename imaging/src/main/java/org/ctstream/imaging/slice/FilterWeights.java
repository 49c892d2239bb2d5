package org.ctstream.imaging.slice;

/**
 * The weights with which each output position of one axis sums its input positions: a triangle whose support grows with
 * the reduction, so that reducing averages and does not alias.
 *
 * <p>Fixed point with {@link #PRECISION_BITS} fraction bits. The arithmetic follows Pillow's {@code Resample.c}
 * ({@code precompute_coeffs}, {@code normalize_coeffs_8bpc}) operation by operation, since its rounding is part of the
 * reference.
 *
 * <p>Immutable in use: the arrays are package-private, for the resampler's inner loops, and never written again.
 */
final class FilterWeights {

    /** 8 bits for the pixel and 2 for headroom are left of 32. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    final int inputSize;
    final int outputSize;

    /** Weights per output position in {@link #weights}; positions that use fewer leave zeros. */
    final int stride;

    /** First input position of each output position. */
    final int[] first;

    /** Number of input positions of each output position. */
    final int[] count;

    /** (outputSize × stride) weights; those of one output position sum to 1 up to rounding. */
    final int[] weights;

    FilterWeights(int inputSize, int outputSize) {
        this.inputSize = inputSize;
        this.outputSize = outputSize;
        double scale = (double) inputSize / outputSize;
        double support = Math.max(scale, 1.0);
        this.stride = (int) Math.ceil(support) * 2 + 1;
        this.first = new int[outputSize];
        this.count = new int[outputSize];
        this.weights = new int[Math.multiplyExact(outputSize, stride)];
        double[] triangle = new double[stride];
        for (int position = 0; position < outputSize; position++) {
            fill(position, scale, support, triangle);
        }
    }

    private void fill(int position, double scale, double support, double[] triangle) {
        double center = (position + 0.5) * scale;
        int begin = Math.max((int) (center - support + 0.5), 0);
        int length = Math.min((int) (center + support + 0.5), inputSize) - begin;
        double perSupport = 1.0 / support;
        double sum = 0;
        for (int i = 0; i < length; i++) {
            triangle[i] = Math.max(1.0 - Math.abs((i + begin - center + 0.5) * perSupport), 0.0);
            sum += triangle[i];
        }
        first[position] = begin;
        count[position] = length;
        for (int i = 0; i < length; i++) {
            weights[position * stride + i] = (int) (0.5 + triangle[i] / sum * (1 << PRECISION_BITS));
        }
    }
}
