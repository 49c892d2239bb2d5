package org.ctstream.cli.deadletters;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Rate;

/** Spreads calls evenly over time. For one thread. */
final class Pace {
    private final long gapNanos;
    private long next = System.nanoTime();

    Pace(Rate rate) {
        this.gapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / rate.perSecond());
    }

    /** How long the next call of {@link #await} will take. */
    Duration ahead() {
        return Duration.ofNanos(Math.max(0, next - System.nanoTime()));
    }

    /** @throws CliException if the thread is interrupted */
    void await() {
        long wait = next - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            if (Thread.currentThread().isInterrupted()) {
                throw CliException.failure("Interrupted", null);
            }
            wait = next - System.nanoTime();
        }
        next = System.nanoTime() + gapNanos;
    }
}
