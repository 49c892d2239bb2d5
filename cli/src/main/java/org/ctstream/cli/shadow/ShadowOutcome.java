package org.ctstream.cli.shadow;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a time in shadow gave.
 *
 * @param compared scans both releases have classified
 * @param skipped slices that were read and not compared, by the reason
 * @param read slices that were read
 * @param from Kafka time of the first of them; null if there were none
 * @param to Kafka time of the last of them
 * @param latency of the candidate; null if it classified none
 * @param partial whether it was broken off
 */
record ShadowOutcome(
        List<Compared> compared,
        Map<String, Long> skipped,
        long read,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable EngineLatency latency,
        boolean partial) {
    ShadowOutcome {
        compared = List.copyOf(compared);
        skipped = new LinkedHashMap<>(skipped);
    }
}
