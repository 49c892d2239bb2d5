package org.ctstream.worker.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Gathers scans in arrival order until a batch is full, or its oldest scan has waited long enough.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class Batcher {
    private record Waiting(PendingScan scan, long sinceNanos) {}

    private final int maxSize;
    private final long maxWaitNanos;
    private final LongSupplier nanoTime;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** @param nanoTime usually {@code System::nanoTime} */
    public Batcher(int maxSize, long maxWaitNanos, LongSupplier nanoTime) {
        this.maxSize = maxSize;
        this.maxWaitNanos = maxWaitNanos;
        this.nanoTime = nanoTime;
    }

    public void add(PendingScan scan) {
        waiting.addLast(new Waiting(scan, nanoTime.getAsLong()));
    }

    public int waiting() {
        return waiting.size();
    }

    /** Takes the next batch if one is due: full, or its oldest scan has waited {@code maxWait}. */
    public Optional<List<PendingScan>> takeDue() {
        if (waiting.isEmpty() || (waiting.size() < maxSize && nanosUntilDue() > 0)) {
            return Optional.empty();
        }
        int size = Math.min(maxSize, waiting.size());
        var batch = new ArrayList<PendingScan>(size);
        for (int i = 0; i < size; i++) {
            batch.add(waiting.removeFirst().scan());
        }
        return Optional.of(batch);
    }

    /** Time until {@link #takeDue()} has a batch even if nothing more arrives; {@code Long.MAX_VALUE} if none waits. */
    public long nanosUntilDue() {
        Waiting oldest = waiting.peekFirst();
        if (oldest == null) {
            return Long.MAX_VALUE;
        }
        return waiting.size() >= maxSize ? 0 : Math.max(0, maxWaitNanos - (nanoTime.getAsLong() - oldest.sinceNanos()));
    }

    /** Drops the scans another worker will read. */
    public void dropIf(Predicate<PendingScan> condition) {
        waiting.removeIf(entry -> condition.test(entry.scan()));
    }
}
