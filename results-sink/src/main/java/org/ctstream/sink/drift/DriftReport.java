package org.ctstream.sink.drift;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drift of every source that sent something lately.
 *
 * @param at when it was found out; null before the first look
 * @param windowHours how far back the window goes
 * @param leastResults fewest results with a finding that are compared
 * @param sources those with the most results first
 */
public record DriftReport(@Nullable Instant at, double windowHours, int leastResults, List<SourceDrift> sources) {
    public DriftReport {
        sources = List.copyOf(sources);
    }
}
