package org.ctstream.ingest.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells scans that come after a lull from those of a crowd. The first are committed at once: there is nobody to share a
 * transaction with. The others wait for the commit interval and share one.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class Lulls {
    private final long shortestNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong lastDone;

    /**
     * @param shortest how long nothing was to be done in a lull: a few times what a commit takes, so that such commits
     *     only take time in which there was nothing to do
     * @param nanoTime usually {@code System::nanoTime}
     */
    Lulls(Duration shortest, LongSupplier nanoTime) {
        this.shortestNanos = shortest.toNanos();
        this.nanoTime = nanoTime;
        this.lastDone = new AtomicLong(nanoTime.getAsLong() - shortestNanos);
    }

    /** True for a scan that comes now if there was nothing to do for long enough, on any thread. */
    boolean isOne() {
        return nanoTime.getAsLong() - lastDone.get() >= shortestNanos;
    }

    /** A scan has been dealt with. */
    void done() {
        lastDone.set(nanoTime.getAsLong());
    }
}
