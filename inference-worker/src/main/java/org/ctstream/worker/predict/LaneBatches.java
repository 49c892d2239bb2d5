package org.ctstream.worker.predict;

import java.util.ArrayDeque;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.batch.PendingScan;

/**
 * One lane's batches before the engine, in order of arrival.
 *
 * <h2>Thread safety</h2>
 * Guarded by {@link BatchQueue}'s monitor.
 */
final class LaneBatches {
    private final int maxSize;
    private final long maxWaitNanos;
    private final ArrayDeque<PreparedBatch> empty = new ArrayDeque<>();
    /** Only the last one may have room. */
    private final ArrayDeque<PreparedBatch> waiting = new ArrayDeque<>();

    private long oldestNanos;
    private boolean hurried;

    LaneBatches(Lane lane, BatchLimits limits, ModelRelease release) {
        this.maxSize = limits.maxSize();
        this.maxWaitNanos = limits.maxWait(lane).toNanos();
        for (int i = 0; i < limits.inFlight(); i++) {
            empty.add(new PreparedBatch(lane, maxSize, release));
        }
    }

    /** Scans that can be added now. */
    int room() {
        PreparedBatch last = waiting.peekLast();
        return empty.size() * maxSize + (last == null ? 0 : last.room());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(PendingScan scan, long now) {
        PreparedBatch last = waiting.peekLast();
        if (last == null || last.room() == 0) {
            last = empty.poll();
            if (last == null) {
                throw new IllegalStateException("No room: " + waiting.size() + " batches wait for the engine");
            }
            if (waiting.isEmpty()) {
                oldestNanos = now;
            }
            waiting.add(last);
        }
        last.add(scan, now);
    }

    /** Nanoseconds until the oldest batch is full or has waited as long as it may; {@code Long.MAX_VALUE} if none waits. */
    long untilDue(long now) {
        PreparedBatch oldest = waiting.peek();
        if (oldest == null) {
            return Long.MAX_VALUE;
        }
        return oldest.room() == 0 || hurried ? 0 : maxWaitNanos - (now - oldestNanos);
    }

    PreparedBatch removeOldest(long now) {
        PreparedBatch oldest = waiting.remove();
        oldest.taken(now);
        // What is left came while this one was waiting or being filled: its own wait begins here, a little late.
        oldestNanos = now;
        return oldest;
    }

    void giveBack(PreparedBatch batch) {
        batch.clear();
        empty.add(batch);
    }

    /** From now on no batch waits to become full. */
    void hurry(boolean wanted) {
        hurried = wanted;
    }
}
