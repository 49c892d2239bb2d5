package org.ctstream.gateway.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the objects being received may take together.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit in bytes */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, or none if there are not as many left. */
    boolean take(long bytes) {
        long now = taken.get();
        while (bytes <= limit - now) {
            if (taken.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Bytes taken now. */
    public long taken() {
        return taken.get();
    }
}
