package org.ctstream.cli.stack;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often one service may still be started again. What happened before a calm while does not count: a stack that runs for
 * a year may see many processes killed, one that cannot work ends soon after each start.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class RestartBudget {
    static final int MOST = 5;
    static final Duration CALM = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private int spent;
    private long last;

    /** @param nanoTime usually {@code System::nanoTime} */
    RestartBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts one restart; false if it is one too many. */
    boolean spend() {
        long now = nanoTime.getAsLong();
        if (spent > 0 && now - last > CALM.toNanos()) {
            spent = 0;
        }
        last = now;
        spent++;
        return spent <= MOST;
    }

    /** Restarts since the last calm while. */
    int spent() {
        return spent;
    }
}
