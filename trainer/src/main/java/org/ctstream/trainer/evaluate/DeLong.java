package org.ctstream.trainer.evaluate;

import java.util.Arrays;

/**
 * Variance of the area under the ROC curve after DeLong, computed from ranks.
 *
 * @see "X. Sun and W. Xu, Fast implementation of DeLong's algorithm for comparing the areas under correlated receiver
 *     operating characteristic curves, IEEE Signal Processing Letters 21 (2014)"
 */
final class DeLong {
    private DeLong() {}

    /** The variance; NaN if a class has fewer than two images. */
    static double variance(double[] positives, double[] negatives) {
        double[] together = MidRanks.ofBoth(positives, negatives);
        double[] placesOfPositives = places(together, 0, MidRanks.of(positives), negatives.length);
        double[] placesOfNegatives = places(together, positives.length, MidRanks.of(negatives), positives.length);
        return sampleVariance(placesOfPositives) / positives.length
                + sampleVariance(placesOfNegatives) / negatives.length;
    }

    /** The share of the other class that lies below each image of a class, ties half. */
    private static double[] places(double[] together, int offset, double[] own, int others) {
        double[] places = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            places[i] = (together[offset + i] - own[i]) / others;
        }
        return places;
    }

    private static double sampleVariance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return squares / (values.length - 1);
    }
}
