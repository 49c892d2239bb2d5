package org.ctstream.sink.deliver;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When an alert is tried again: after a wait that doubles with each failure up to a longest, varied between half and the
 * whole of it, until the most attempts have been made.
 *
 * @param first longest wait after the first failure
 * @param max longest wait
 * @param attempts most attempts, the first among them; at least 1
 */
public record RetrySchedule(Duration first, Duration max, int attempts) {
    private static final int MAX_DOUBLINGS = 40;

    public RetrySchedule {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts " + attempts + " (expected: at least 1)");
        }
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits " + first + " and " + max + " (expected: 0 < first <= longest)");
        }
    }

    /** Whether this many failures are the end. */
    public boolean isOver(int failures) {
        return failures >= attempts;
    }

    /**
     * The wait after that many failures.
     *
     * @param random gives values from 0 to 1
     */
    public Duration waitAfter(int failures, DoubleSupplier random) {
        long doubled = first.toMillis();
        for (int i = 1; i < Math.min(failures, MAX_DOUBLINGS) && doubled < max.toMillis(); i++) {
            doubled *= 2;
        }
        long ceiling = Math.min(doubled, max.toMillis());
        return Duration.ofMillis(ceiling / 2 + Math.round(random.getAsDouble() * (ceiling - ceiling / 2)));
    }
}
