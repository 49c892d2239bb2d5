package org.ctstream.trainer.evaluate;

/**
 * A metric with its 95 % confidence interval, all NaN if the images do not determine it.
 *
 * @param value the metric
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {
    /** Quantile of the standard normal distribution that a two-sided 95 % interval takes. */
    static final double Z = 1.959963984540054;

    /** What is known of a metric that cannot be measured. */
    static final Estimate UNDEFINED = new Estimate(Double.NaN, Double.NaN, Double.NaN);

    /**
     * A proportion with Wilson's score interval.
     *
     * @param count how many of them, undefined if there are none to count among
     * @see "E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)"
     */
    static Estimate ofProportion(long count, long of) {
        if (of == 0) {
            return UNDEFINED;
        }
        double value = (double) count / of;
        double z2 = Z * Z;
        double centre = (value + z2 / (2 * of)) / (1 + z2 / of);
        double half = Z / (1 + z2 / of) * Math.sqrt(value * (1 - value) / of + z2 / (4.0 * of * of));
        // At none and all the interval ends there exactly; only rounding could say otherwise.
        double low = count == 0 ? 0 : centre - half;
        double high = count == of ? 1 : centre + half;
        return new Estimate(value, low, high);
    }

    /** False if the images do not determine the metric. */
    public boolean isDefined() {
        return !Double.isNaN(value);
    }
}
