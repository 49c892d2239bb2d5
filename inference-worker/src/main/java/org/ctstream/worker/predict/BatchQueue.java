package org.ctstream.worker.predict;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.batch.PendingScan;
import org.jspecify.annotations.Nullable;

/**
 * The batches before the engine. A batch goes on filling until it is taken: an idle engine takes what is there at once,
 * and while it is busy batches fill up.
 *
 * <p>A batch holds scans of one lane, and a lane's scans come out in the order they went in. A STAT batch comes before
 * every ROUTINE one, full or not, except where ROUTINE would get less than its least share: then one ROUTINE batch comes
 * first.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; made for one that adds to each lane and one that takes. A batch that was taken
 * belongs to its taker until it is given back.
 */
final class BatchQueue {
    private final Map<Lane, LaneBatches> lanes = new EnumMap<>(Lane.class);
    private final LaneShare share;
    private final LongSupplier nanoTime;

    /** @param nanoTime usually {@code System::nanoTime} */
    BatchQueue(BatchLimits limits, ModelRelease release, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.share = new LaneShare(limits.routineLeastShare(), limits.maxSize());
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneBatches(lane, limits, release));
        }
    }

    /** Scans of the lane that can be added now. */
    synchronized int room(Lane lane) {
        return of(lane).room();
    }

    /** Copies the scans' pixels into batches of their lanes; at most {@link #room} of each. */
    void add(List<PendingScan> scans) {
        // One by one under the lock: an engine that has just become free need not wait for all of them.
        scans.forEach(this::add);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until the lane has room, but not for long. */
    synchronized void awaitRoom(Lane lane, Duration atMost) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        long left = atMost.toNanos();
        while (room(lane) == 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - nanoTime.getAsLong();
        }
    }

    /**
     * Takes the next batch that is full, or has waited as long as it may.
     *
     * @param atMost how long to wait for that
     * @return null if there is none in that time
     */
    synchronized @Nullable PreparedBatch take(Duration atMost) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        while (true) {
            long now = nanoTime.getAsLong();
            Lane next = next(now);
            long untilDue = of(next).untilDue(now);
            if (untilDue <= 0) {
                return remove(next, now);
            }
            if (deadline - now <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(untilDue, deadline - now));
        }
    }

    /** Takes a batch back, to be filled anew. */
    synchronized void giveBack(PreparedBatch batch) {
        of(batch.lane()).giveBack(batch);
        notifyAll();
    }

    /** From now on no batch of the lane waits to become full: somebody waits for the last of them. */
    synchronized void hurry(Lane lane, boolean wanted) {
        of(lane).hurry(wanted);
        notifyAll();
    }

    private synchronized void add(PendingScan scan) {
        of(scan.lane()).add(scan, nanoTime.getAsLong());
    }

    private Lane next(long now) {
        boolean routineFirst = share.isRoutineOwed() && of(Lane.ROUTINE).untilDue(now) <= 0;
        return of(Lane.STAT).isEmpty() || routineFirst ? Lane.ROUTINE : Lane.STAT;
    }

    private PreparedBatch remove(Lane lane, long now) {
        PreparedBatch taken = of(lane).removeOldest(now);
        share.taken(lane, taken.size(), !of(Lane.ROUTINE).isEmpty());
        return taken;
    }

    private LaneBatches of(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
