package org.ctstream.cli.shadow;

/** Quantiles of sorted numbers, linear between two of them. */
final class Quantiles {
    private Quantiles() {}

    /**
     * @param sorted at least one number, ascending
     * @param share 0 to 1
     * @see "R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), type 7"
     */
    static double of(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
