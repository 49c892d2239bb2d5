package org.ctstream.service.lifecycle;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says when something that failed may be tried again, for loops that must not block meanwhile.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class RetryPause {
    private final Backoff backoff;
    private final LongSupplier nanoTime;
    private long until;
    private boolean paused;

    /** @param nanoTime usually {@code System::nanoTime} */
    public RetryPause(Duration first, Duration limit, LongSupplier nanoTime) {
        this.backoff = new Backoff(first, limit);
        this.nanoTime = nanoTime;
    }

    /** False while the pause after the last failure lasts. */
    public boolean isOver() {
        return !paused || nanoTime.getAsLong() - until >= 0;
    }

    public void failed() {
        paused = true;
        until = nanoTime.getAsLong() + backoff.next().toNanos();
    }

    public void succeeded() {
        paused = false;
        backoff.succeeded();
    }
}
