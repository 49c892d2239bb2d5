package org.ctstream.worker.predict;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.worker.batch.PendingScan;
import org.jspecify.annotations.Nullable;

/**
 * The batches before the engine, in order of arrival. A batch goes on filling until it is taken: an idle engine takes
 * what is there at once, and while it is busy batches fill up.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; made for one that adds and one that takes. A batch that was taken belongs to
 * its taker until it is given back.
 */
final class BatchQueue {
    private final BatchLimits limits;
    private final LongSupplier nanoTime;
    private final ArrayDeque<PreparedBatch> empty = new ArrayDeque<>();
    /** Only the last one may have room. */
    private final ArrayDeque<PreparedBatch> waiting = new ArrayDeque<>();

    private long oldestNanos;
    private boolean hurried;

    /** @param nanoTime usually {@code System::nanoTime} */
    BatchQueue(BatchLimits limits, ModelRelease release, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        for (int i = 0; i < limits.inFlight(); i++) {
            empty.add(new PreparedBatch(limits.maxSize(), release));
        }
    }

    /** Scans that can be added now. */
    synchronized int room() {
        PreparedBatch last = waiting.peekLast();
        return empty.size() * limits.maxSize() + (last == null ? 0 : last.room());
    }

    /** Copies the scans' pixels into the batches; at most {@link #room()} of them. */
    void add(List<PendingScan> scans) {
        // One by one under the lock: an engine that has just become free need not wait for all of them.
        scans.forEach(this::add);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until there is room, but not for long. */
    synchronized void awaitRoom(Duration atMost) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        long left = atMost.toNanos();
        while (room() == 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - nanoTime.getAsLong();
        }
    }

    /**
     * Takes the oldest batch if it is full, or has waited as long as it may.
     *
     * @param atMost how long to wait for that
     * @return null if there is none in that time
     */
    synchronized @Nullable PreparedBatch take(Duration atMost) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        while (true) {
            long now = nanoTime.getAsLong();
            long untilDue = untilDue(now);
            if (untilDue <= 0) {
                return removeOldest(now);
            }
            if (deadline - now <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(untilDue, deadline - now));
        }
    }

    /** Takes a batch back, to be filled anew. */
    synchronized void giveBack(PreparedBatch batch) {
        batch.clear();
        empty.add(batch);
        notifyAll();
    }

    /** From now on no batch waits to become full: somebody waits for the last of them. */
    synchronized void hurry(boolean wanted) {
        hurried = wanted;
        notifyAll();
    }

    private synchronized void add(PendingScan scan) {
        PreparedBatch last = waiting.peekLast();
        if (last == null || last.room() == 0) {
            last = empty.poll();
            if (last == null) {
                throw new IllegalStateException("No room: " + waiting.size() + " batches wait for the engine");
            }
            if (waiting.isEmpty()) {
                oldestNanos = nanoTime.getAsLong();
            }
            waiting.add(last);
        }
        last.add(scan);
    }

    private long untilDue(long now) {
        PreparedBatch oldest = waiting.peek();
        if (oldest == null) {
            return Long.MAX_VALUE;
        }
        return oldest.room() == 0 || hurried ? 0 : limits.maxWait().toNanos() - (now - oldestNanos);
    }

    private PreparedBatch removeOldest(long now) {
        PreparedBatch oldest = waiting.remove();
        // What is left came while this one was waiting or being filled: its own wait begins here, a little late.
        oldestNanos = now;
        return oldest;
    }
}
