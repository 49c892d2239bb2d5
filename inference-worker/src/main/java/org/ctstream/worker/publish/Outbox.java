package org.ctstream.worker.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.predict.Outcome;

/**
 * Outcomes on their way from the engine's thread to the one that publishes. They count as here until a transaction with
 * them has committed, or their partition is no longer ours.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Outbox {
    private final Map<Lane, Integer> sizes = new EnumMap<>(Lane.class);
    private List<Outcome> waiting = new ArrayList<>();
    private boolean closed;

    /** Adds a batch's outcomes together, so that they are taken together: their offsets are committed as one. */
    public synchronized void add(List<Outcome> finished) {
        waiting.addAll(finished);
        finished.forEach(outcome -> sizes.merge(outcome.scan().lane(), 1, Integer::sum));
        notifyAll();
    }

    /** Outcomes of the lane that wait or are being published. */
    public synchronized int size(Lane lane) {
        return sizes.getOrDefault(lane, 0);
    }

    public boolean isEmpty(Lane lane) {
        return size(lane) == 0;
    }

    /** Waits until some of the lane's outcomes are settled, but not for long. */
    public synchronized void awaitSettled(Lane lane, Duration atMost) {
        int before = size(lane);
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        try {
            while (size(lane) >= before && left > 0 && !closed) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes all there are; waits for the first of them. Empty once it is closed. */
    synchronized List<Outcome> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return takeNow();
    }

    /** Takes all there are. */
    synchronized List<Outcome> takeNow() {
        List<Outcome> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** These were taken, and are published, or another worker's to do again. */
    synchronized void settled(Collection<Outcome> outcomes) {
        outcomes.forEach(outcome -> sizes.merge(outcome.scan().lane(), -1, Integer::sum));
        notifyAll();
    }

    /** Ends every wait. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
