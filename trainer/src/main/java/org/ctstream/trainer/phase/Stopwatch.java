package org.ctstream.trainer.phase;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the time between laps. Not thread-safe. */
final class Stopwatch {
    enum Part {
        DATA,
        FROZEN_FORWARD,
        FORWARD,
        BACKWARD,
        UPDATE,
        VALIDATION
    }

    private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
    private long last = System.nanoTime();

    /** The time since the last lap was spent on this. */
    void lap(Part part) {
        long now = System.nanoTime();
        nanos.merge(part, now - last, Long::sum);
        last = now;
    }

    StepTimes times() {
        return new StepTimes(
                of(Part.DATA),
                of(Part.FROZEN_FORWARD),
                of(Part.FORWARD),
                of(Part.BACKWARD),
                of(Part.UPDATE),
                of(Part.VALIDATION));
    }

    private Duration of(Part part) {
        return Duration.ofNanos(nanos.getOrDefault(part, 0L));
    }
}
