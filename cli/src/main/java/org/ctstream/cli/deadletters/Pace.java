package org.ctstream.cli.deadletters;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Spreads calls evenly over time. For one thread. */
final class Pace {
    private final long gapNanos;
    private long next = System.nanoTime();

    /** @param perSecond calls per second; 0 means as fast as they come */
    Pace(double perSecond) {
        this.gapNanos = perSecond <= 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    void await() {
        long wait = next - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = next - System.nanoTime();
        }
        next = System.nanoTime() + gapNanos;
    }
}
