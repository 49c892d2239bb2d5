package org.ctstream.service.lifecycle;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with jitter, so that many instances do not come back at the same moment.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 20;

    private final Duration first;
    private final Duration limit;
    private int failures;

    public Backoff(Duration first, Duration limit) {
        this.first = first;
        this.limit = limit;
    }

    /** The next wait: doubles with each failure up to the limit, then varied between half and the whole of it. */
    public Duration next() {
        long ceiling = Math.min(limit.toMillis(), first.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }

    public int failures() {
        return failures;
    }

    public void succeeded() {
        failures = 0;
    }
}
