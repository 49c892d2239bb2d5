package org.ctstream.ingest.run;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ctstream.service.health.Health;

/**
 * What the stream tasks of this instance are doing: when each last moved, and which wait for something that is away.
 *
 * <p>Known by task rather than thread, because a thread that gave up waiting is replaced and its tasks go on waiting.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; the stream threads call it a few times per record.
 */
public final class TaskWatch {
    /** Health condition: everything a task needs (schema registry, claim-check store) answers. */
    public static final String CONDITION = "dependencies";

    /** Longer than a rebalance after a thread's death: until then the task is expected back. */
    private static final Duration EXPECTED_BACK = Duration.ofSeconds(30);

    private final Health health;
    private final Clock clock;
    private final Map<String, Long> lastMoves = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Long> leftWaiting = new HashMap<>();

    public TaskWatch(Health health, Clock clock) {
        this.health = health;
        this.clock = clock;
        health.ready(CONDITION);
    }

    /** The task's thread is alive: it has a record in hand, or none and is polling. */
    public synchronized void moved(String task) {
        lastMoves.put(task, clock.millis());
        leftWaiting.remove(task);
    }

    /** The task cannot go on and tries again: not ready, but alive. */
    public synchronized void waits(String task, String why) {
        moved(task);
        waiting.add(task);
        health.notReady(CONDITION, why);
    }

    /** What the task waited for is back, if it waited. */
    public synchronized void goesOn(String task) {
        moved(task);
        waitsNoLonger(task);
    }

    /**
     * The task has left this thread, for another one or another instance. If it was waiting it still counts as such,
     * so that the service does not look ready while a thread is replaced.
     */
    public synchronized void left(String task) {
        lastMoves.remove(task);
        if (waiting.contains(task)) {
            leftWaiting.put(task, clock.millis());
        }
    }

    /** Forgets the waiting tasks that left and did not come back: another instance has them now. */
    public synchronized void forgetThoseGone() {
        long oldest = clock.millis() - EXPECTED_BACK.toMillis();
        List<String> gone = leftWaiting.entrySet().stream()
                .filter(left -> left.getValue() < oldest)
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(leftWaiting::remove);
        gone.forEach(this::waitsNoLonger);
    }

    private synchronized void waitsNoLonger(String task) {
        if (waiting.remove(task) && waiting.isEmpty()) {
            health.ready(CONDITION);
        }
    }

    /** Whether no task has been still for longer than this; true without tasks. */
    public synchronized boolean allMovedWithin(Duration bound) {
        long oldest = clock.millis() - bound.toMillis();
        return lastMoves.values().stream().allMatch(moved -> moved >= oldest);
    }
}
