package org.ctstream.benchmarks.program;

import java.time.Duration;

/** Durations for people. */
public final class Durations {
    private static final int SECONDS_PER_MINUTE = 60;

    private Durations() {}

    /** {@code 45 s}, {@code 8 min 20 s}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 2 * SECONDS_PER_MINUTE
                ? seconds + " s"
                : seconds / SECONDS_PER_MINUTE + " min " + seconds % SECONDS_PER_MINUTE + " s";
    }
}
