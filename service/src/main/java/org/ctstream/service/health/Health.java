package org.ctstream.service.health;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a service knows of its own fitness. Ready: every named condition holds. Live: the main loop has shown a sign of
 * life within the bound.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Health {
    private static final String OK = "ok";

    private final Map<String, String> conditions = new ConcurrentHashMap<>();
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Duration livenessBound;
    private final AtomicLong lastSignOfLife;

    /** @param livenessBound longest silence of the main loop that still counts as alive */
    public Health(Clock clock, Duration livenessBound) {
        this.clock = clock;
        this.livenessBound = livenessBound;
        this.lastSignOfLife = new AtomicLong(clock.millis());
    }

    /** Says that a part works, for example {@code kafka}, {@code engine} or {@code database}. */
    public void ready(String part) {
        conditions.put(part, OK);
    }

    /** Says that a part does not work and why; the service is not ready until it does. */
    public void notReady(String part, String why) {
        conditions.put(part, why);
    }

    /** Says something about a part that people should know and that leaves the service as ready as it is. */
    public void note(String part, String text) {
        notes.put(part, text);
    }

    /** Takes back what was noted about a part, if anything was. */
    public void forgetNote(String part) {
        notes.remove(part);
    }

    /** The main loop calls this each time round. */
    public void signOfLife() {
        lastSignOfLife.set(clock.millis());
    }

    public boolean isLive() {
        return clock.millis() - lastSignOfLife.get() <= livenessBound.toMillis();
    }

    /** Not ready before the first condition is known. */
    public boolean isReady() {
        Map<String, String> now = conditions();
        return !now.isEmpty() && now.values().stream().allMatch(state -> Objects.equals(state, OK));
    }

    /** Each part with {@code ok} or the reason it is not, sorted by name. */
    public Map<String, String> conditions() {
        return new TreeMap<>(conditions);
    }

    /** What is noted about each part, sorted by name. */
    public Map<String, String> notes() {
        return new TreeMap<>(notes);
    }
}
