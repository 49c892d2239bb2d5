package org.ctstream.cli.connect;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What of a partition is still there.
 *
 * @param begin offset of the first record; above 0, retention has removed some
 * @param end offset behind the last committed record
 * @param earliest time of the first record; null if there is none
 */
public record KeptRange(
        TopicPartition partition,
        long begin,
        long end,
        @Nullable Instant earliest) {

    /** True if records from this time on may have been there once and are gone. */
    public boolean lacks(@Nullable Instant since) {
        return begin > 0 && (since == null || earliest == null || earliest.isAfter(since));
    }
}
