package org.ctstream.worker.exactlyonce;

import java.time.Duration;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.worker.predict.BatchLimits;

/**
 * How scans are taken by consumer groups.
 *
 * @param group consumer group of the ROUTINE lane, and begin of the other's name
 * @param instance name of this worker
 * @param embeddings whether results carry the embedding, if the engine gives one
 * @param readAhead undecoded records of a lane at which its polling pauses, 1 or more
 * @param drainTimeout longest wait for what is in hand when partitions go or the worker stops
 */
public record ExactlyOnceSettings(
        String group, String instance, boolean embeddings, int readAhead, Duration drainTimeout) {
    /** Small batches are read ahead of and published together too, or each would pay for a poll and a transaction. */
    private static final int LEAST_READ_AHEAD = 128;

    /** Bounds the heap that a lane's undecoded records take: 512 slices of 50 kB are 26 MB. */
    private static final int MOST_READ_AHEAD = 512;

    public ExactlyOnceSettings {
        if (readAhead < 1) {
            throw new IllegalArgumentException("readAhead " + readAhead + " (expected: 1 or more)");
        }
    }

    /** Reads ahead enough for all batches the engine takes at once. */
    public static ExactlyOnceSettings of(
            String group, String instance, boolean embeddings, BatchLimits limits, Duration drainTimeout) {
        int readAhead = Math.max(
                Math.max(limits.maxSize(), LEAST_READ_AHEAD),
                Math.min(limits.maxSize() * limits.inFlight(), MOST_READ_AHEAD));
        return new ExactlyOnceSettings(group, instance, embeddings, readAhead, drainTimeout);
    }

    /** The consumer group of a lane: one each, so that a rebalance of one does not hold up the other. */
    public static String group(String group, Lane lane) {
        return lane == Lane.ROUTINE ? group : group + "-" + lane.word();
    }

    String group(Lane lane) {
        return group(group, lane);
    }
}
