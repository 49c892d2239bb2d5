package org.ctstream.cli.demo;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A result as the sink's API gives it; the fields the demo needs.
 *
 * @param probability null where the sink has none to give
 */
record StoredResult(
        String resultId,
        String scanId,
        String label,
        @Nullable Double probability,
        String modelName,
        String modelVersion,
        boolean modelTrained,
        String engine,
        Instant receivedAt,
        Instant storedAt) {

    /** From published to stored. */
    Duration latency() {
        return Duration.between(receivedAt, storedAt);
    }
}
