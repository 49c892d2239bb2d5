package org.ctstream.imaging.augment;

import java.util.Arrays;

/**
 * Separable Gaussian filter over a square of bytes, edges repeated, rounding once per direction.
 *
 * <p>Both directions add whole shifted rows, tap by tap, so that the loops walk memory in order and vectorise.
 */
final class GaussianSmoother {

    /** Weights have 16 fraction bits: with 8 bits of pixel they sum up within an int. */
    private static final int BITS = 16;

    private static final int HALF = 1 << (BITS - 1);

    /** Below this the neighbours' weights round to less than a grey level. */
    private static final double LEAST_SIGMA = 0.2;

    private GaussianSmoother() {}

    static void apply(byte[] pixels, int side, double sigma) {
        if (sigma < LEAST_SIGMA) {
            return;
        }
        int[] taps = taps(sigma);
        byte[] across = new byte[pixels.length];
        int[] sums = new int[side];
        int[] padded = new int[side + taps.length - 1];
        for (int row = 0; row < side; row++) {
            pad(pixels, row * side, side, padded, taps.length / 2);
            Arrays.fill(sums, HALF);
            for (int tap = 0; tap < taps.length; tap++) {
                addShifted(padded, tap, taps[tap], sums);
            }
            store(sums, across, row * side);
        }
        for (int row = 0; row < side; row++) {
            Arrays.fill(sums, HALF);
            for (int tap = 0; tap < taps.length; tap++) {
                int from = Math.min(side - 1, Math.max(0, row + tap - taps.length / 2));
                addRow(across, from * side, taps[tap], sums);
            }
            store(sums, pixels, row * side);
        }
    }

    /** Weights out to three sigmas; the middle one takes what rounding leaves, so that they sum to exactly one. */
    private static int[] taps(double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        double[] gauss = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < gauss.length; i++) {
            double distance = (i - radius) / sigma;
            gauss[i] = StrictMath.exp(-0.5 * distance * distance);
            sum += gauss[i];
        }
        int[] taps = new int[gauss.length];
        int total = 0;
        for (int i = 0; i < taps.length; i++) {
            taps[i] = (int) Math.round(gauss[i] / sum * (1 << BITS));
            total += taps[i];
        }
        taps[radius] += (1 << BITS) - total;
        return taps;
    }

    private static void pad(byte[] pixels, int from, int side, int[] padded, int radius) {
        Arrays.fill(padded, 0, radius, pixels[from] & 0xFF);
        for (int i = 0; i < side; i++) {
            padded[radius + i] = pixels[from + i] & 0xFF;
        }
        Arrays.fill(padded, radius + side, padded.length, pixels[from + side - 1] & 0xFF);
    }

    private static void addShifted(int[] padded, int shift, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += padded[shift + i] * weight;
        }
    }

    private static void addRow(byte[] pixels, int from, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (pixels[from + i] & 0xFF) * weight;
        }
    }

    private static void store(int[] sums, byte[] pixels, int from) {
        for (int i = 0; i < sums.length; i++) {
            pixels[from + i] = (byte) (sums[i] >> BITS);
        }
    }
}
