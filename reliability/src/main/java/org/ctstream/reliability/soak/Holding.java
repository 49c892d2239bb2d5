package org.ctstream.reliability.soak;

import java.util.function.ToDoubleFunction;

/** Something a service holds, and how much more of it is still flat. */
enum Holding {
    RSS("RSS, MiB", Reading::rssMib, 0.05, 16),
    DIRECT("direct memory, MiB", Reading::directMib, 0.05, 4),
    THREADS("threads", Reading::threads, 0, 2),
    FILES("file handles", Reading::files, 0, 5),
    METERS("meters", Reading::meters, 0, 2);

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // references to methods of a record
    private final ToDoubleFunction<Reading> value;

    private final double share;
    private final double least;

    /**
     * @param share growth that is allowed, over the median
     * @param least growth that is allowed in any case: what rounding and the moment of the reading do
     */
    Holding(String text, ToDoubleFunction<Reading> value, double share, double least) {
        this.text = text;
        this.value = value;
        this.share = share;
        this.least = least;
    }

    String text() {
        return text;
    }

    double of(Reading reading) {
        return value.applyAsDouble(reading);
    }

    /** Growth over the whole watch that still is flat. */
    double allowed(double median) {
        return Math.max(least, share * median);
    }
}
