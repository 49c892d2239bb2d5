package org.ctstream.cli.demo;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices that a run makes no progress any more. For one thread. */
final class StallDetector {
    private final Duration limit;
    private final LongSupplier nanoTime;
    private long steps = -1;
    private long since;

    /** @param nanoTime usually {@code System::nanoTime} */
    StallDetector(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** True if nothing has happened for the limit or longer. */
    boolean isStalled(Progress progress) {
        long now = nanoTime.getAsLong();
        if (progress.steps() != steps) {
            steps = progress.steps();
            since = now;
        }
        return now - since >= limit.toNanos();
    }
}
