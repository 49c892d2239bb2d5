package org.ctstream.benchmarks.report;

/**
 * What a program must show, and what it showed.
 *
 * @param what the quantity, with its unit
 * @param bound how the limit is meant
 * @param limit the wanted value, inclusive
 * @param measured NaN if it could not be measured here, which is not met
 */
public record Target(String what, Bound bound, double limit, double measured) {

    /** How a limit is meant. */
    public enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    public static Target atLeast(String what, double limit, double measured) {
        return new Target(what, Bound.AT_LEAST, limit, measured);
    }

    public static Target atMost(String what, double limit, double measured) {
        return new Target(what, Bound.AT_MOST, limit, measured);
    }

    public boolean isMet() {
        return bound == Bound.AT_LEAST ? measured >= limit : measured <= limit;
    }

    /** Wanted, in words. */
    public String wanted() {
        return bound.words + " " + text(limit);
    }

    /** Measured, as text. */
    public String found() {
        return text(measured);
    }

    /** {@code met}, {@code not met} or {@code not measured}. */
    public String verdict() {
        if (Double.isNaN(measured)) {
            return "not measured";
        }
        return isMet() ? "met" : "**not met**";
    }

    /** Ratios near 1 need their third decimal; others are told as all figures are. */
    private static String text(double value) {
        return Math.abs(value) < 2 && Math.abs(value) >= 0.01 ? Figures.ratio(value) : Figures.of(value);
    }
}
