package org.ctstream.cli.demo;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Percentiles by nearest rank: always a value that was measured. */
final class Percentiles {
    private Percentiles() {}

    /** Null if there are no values. */
    static Report.@Nullable Latency of(Collection<Long> millis) {
        if (millis.isEmpty()) {
            return null;
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return new Report.Latency(rank(sorted, 50), rank(sorted, 95), rank(sorted, 99));
    }

    private static long rank(List<Long> sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
