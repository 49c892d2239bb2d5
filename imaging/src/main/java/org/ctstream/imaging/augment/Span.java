package org.ctstream.imaging.augment;

import java.util.SplittableRandom;

/**
 * A closed interval of numbers from which one is drawn evenly.
 *
 * @param min smallest value
 * @param max largest value; equal to min for a fixed value
 */
public record Span(double min, double max) {

    public Span {
        if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
            throw new IllegalArgumentException(
                    "span " + min + ".." + max + " (expected: two finite numbers, the smaller one first)");
        }
    }

    /** The span that holds one value. */
    public static Span of(double value) {
        return new Span(value, value);
    }

    /** From center - reach to center + reach. */
    public static Span around(double center, double reach) {
        return new Span(center - reach, center + reach);
    }

    /** Reads what {@link #toString} writes: {@code 0.5..1} or {@code 0.7}. */
    public static Span parse(String text) {
        int dots = text.indexOf("..");
        try {
            return dots < 0
                    ? of(Double.parseDouble(text))
                    : new Span(
                            Double.parseDouble(text.substring(0, dots)), Double.parseDouble(text.substring(dots + 2)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("span '" + text + "' (expected: a number or two as in 0.5..1)", e);
        }
    }

    /** Takes exactly one number from the generator, also for a fixed value, so that settings do not shift each other. */
    double draw(SplittableRandom random) {
        return min + (max - min) * random.nextDouble();
    }

    /** This span, once it is known to lie within the bounds. */
    Span within(String name, double lowest, double highest) {
        if (min < lowest || max > highest) {
            throw new IllegalArgumentException(
                    "%s %s (expected: within %s)".formatted(name, this, new Span(lowest, highest)));
        }
        return this;
    }

    @Override
    public String toString() {
        return min == max ? plain(min) : plain(min) + ".." + plain(max);
    }

    /** Shortest text that reads back as the same number; whole numbers without a fraction. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
