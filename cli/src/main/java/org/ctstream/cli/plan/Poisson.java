package org.ctstream.cli.plan;

/** Probabilities of the number of arrivals in a time, as far as they matter. */
final class Poisson {
    /** What lies further from the mean than this many standard deviations is left out. */
    private static final double DEVIATIONS = 9;

    private final int first;
    private final double[] probabilities;

    private Poisson(int first, double[] probabilities) {
        this.first = first;
        this.probabilities = probabilities;
    }

    static Poisson of(double mean) {
        double reach = DEVIATIONS * Math.sqrt(mean) + DEVIATIONS;
        int from = (int) Math.max(0, Math.floor(mean - reach));
        int to = (int) Math.ceil(mean + reach);
        double[] p = new double[to - from + 1];
        int mode = (int) Math.floor(mean);
        // Relative to the mode, which neither overflows nor vanishes, and scaled afterwards.
        p[mode - from] = 1;
        for (int k = mode - 1; k >= from; k--) {
            p[k - from] = p[k + 1 - from] * (k + 1) / mean;
        }
        for (int k = mode + 1; k <= to; k++) {
            p[k - from] = p[k - 1 - from] * mean / k;
        }
        double sum = 0;
        for (double value : p) {
            sum += value;
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return new Poisson(from, p);
    }

    /** The same in so many steps at most, neighbours taken together at their mean: pairs of number and probability. */
    double[][] steps(int most) {
        int stride = (probabilities.length + most - 1) / most;
        double[][] steps = new double[(probabilities.length + stride - 1) / stride][2];
        for (int i = 0; i < probabilities.length; i++) {
            steps[i / stride][0] += probabilities[i] * (first + i);
            steps[i / stride][1] += probabilities[i];
        }
        for (double[] step : steps) {
            step[0] = step[1] > 0 ? step[0] / step[1] : 0;
        }
        return steps;
    }

    /** The smallest number of arrivals that has a probability here. */
    int first() {
        return first;
    }

    /** How many numbers of arrivals have one. */
    int count() {
        return probabilities.length;
    }

    /** Of {@code first() + i} arrivals; all of them sum to 1. */
    double probability(int i) {
        return probabilities[i];
    }
}
