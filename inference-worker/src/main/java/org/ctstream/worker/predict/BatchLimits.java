package org.ctstream.worker.predict;

import java.time.Duration;

/**
 * How scans are put together for the engine.
 *
 * @param maxSize most scans in one batch, 1 or more
 * @param inFlight batches that exist at once, 1 or more: one with the engine, the others full or filling
 * @param maxWait how long an idle engine leaves a batch that is not full; zero takes what is there at once
 */
public record BatchLimits(int maxSize, int inFlight, Duration maxWait) {
    public BatchLimits {
        if (maxSize < 1 || inFlight < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException("maxSize " + maxSize + ", inFlight " + inFlight + ", maxWait " + maxWait
                    + " (expected: 1 or more, 1 or more, not negative)");
        }
    }

    /** Without a wait. */
    public static BatchLimits of(int maxSize, int inFlight) {
        return new BatchLimits(maxSize, inFlight, Duration.ZERO);
    }
}
