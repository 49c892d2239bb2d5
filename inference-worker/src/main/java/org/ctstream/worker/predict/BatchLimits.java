package org.ctstream.worker.predict;

import java.time.Duration;
import org.ctstream.schemas.topic.Lane;

/**
 * How scans are put together for the engine.
 *
 * @param maxSize most scans in one batch, 1 or more
 * @param inFlight batches of each lane that exist at once, 1 or more: one with the engine, the others full or filling
 * @param maxWait how long an idle engine leaves a batch that is not full; zero takes what is there at once
 * @param routineLeastShare least share of ROUTINE among the scans the engine takes while some wait, 0 to less than 1
 */
public record BatchLimits(int maxSize, int inFlight, Duration maxWait, double routineLeastShare) {
    /** Every tenth scan. */
    public static final double DEFAULT_ROUTINE_LEAST_SHARE = 0.1;

    public BatchLimits {
        if (maxSize < 1 || inFlight < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException("maxSize " + maxSize + ", inFlight " + inFlight + ", maxWait " + maxWait
                    + " (expected: 1 or more, 1 or more, not negative)");
        }
        if (!(routineLeastShare >= 0 && routineLeastShare < 1)) {
            throw new IllegalArgumentException(
                    "routineLeastShare " + routineLeastShare + " (expected: 0 to less than 1)");
        }
    }

    /** Without a wait, and with the default share for ROUTINE. */
    public static BatchLimits of(int maxSize, int inFlight) {
        return new BatchLimits(maxSize, inFlight, Duration.ZERO, DEFAULT_ROUTINE_LEAST_SHARE);
    }

    /** How long a batch of the lane may wait to become full; STAT scans never wait for others. */
    Duration maxWait(Lane lane) {
        return lane == Lane.STAT ? Duration.ZERO : maxWait;
    }
}
