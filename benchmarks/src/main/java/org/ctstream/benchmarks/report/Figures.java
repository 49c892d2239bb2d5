package org.ctstream.benchmarks.report;

import java.util.Locale;
import org.ctstream.benchmarks.measure.Sample;

/** Numbers as text, in the same way everywhere. */
public final class Figures {
    private static final double THOUSAND = 1000;
    private static final double HUNDRED = 100;
    private static final double TEN = 10;

    private Figures() {}

    /** About three significant digits: {@code 12,346}, {@code 123}, {@code 12.3}, {@code 1.23}, {@code 1.2e-05}. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "not measured";
        }
        if (size >= THOUSAND) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= HUNDRED) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= TEN) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        if (size >= 1 / HUNDRED || size == 0) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return String.format(Locale.ROOT, "%.1e", value);
    }

    /** A ratio, three decimals: what is a hundredth away from a limit must be seen. */
    public static String ratio(double value) {
        return Double.isNaN(value) ? "not measured" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** Median and minimum: {@code 12.3 (min 12.1)}. */
    public static String medianAndMin(Sample sample) {
        return of(sample.median()) + " (min " + of(sample.min()) + ")";
    }

    /** Median and range of ratios: {@code 0.951 (0.940 to 0.962)}. */
    public static String ratios(Sample sample) {
        return sample.size() == 1
                ? ratio(sample.median())
                : ratio(sample.median()) + " (" + ratio(sample.min()) + " to " + ratio(sample.max()) + ")";
    }
}
