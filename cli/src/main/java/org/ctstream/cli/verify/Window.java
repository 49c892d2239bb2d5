package org.ctstream.cli.verify;

import java.time.Duration;
import java.time.Instant;

/**
 * Which scans are counted: by the Kafka timestamp of the record that was published.
 *
 * @param since from then on
 * @param until before then
 */
record Window(Instant since, Instant until) {
    /** So much may the clocks of publishers, services and database differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    Window {
        if (!since.isBefore(until)) {
            throw new IllegalArgumentException(
                    "since " + since + ", until " + until + " (expected: since before until)");
        }
    }

    boolean contains(long timeMs) {
        return timeMs >= since.toEpochMilli() && timeMs < until.toEpochMilli();
    }

    /** From when on to look for what became of the scans. */
    Instant lookFrom() {
        Instant earlier = since.minus(CLOCKS_DIFFER);
        return earlier.isBefore(Instant.EPOCH) ? Instant.EPOCH : earlier;
    }
}
