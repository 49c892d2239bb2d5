package org.ctstream.sink.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is of one result.
 *
 * @param heatmap where the network saw what speaks for it; null unless positive
 * @param received where the original stands in Kafka; null if the result's makers did not say
 * @param normalized where the slice stands that was classified; likewise
 * @param reviewedAs what a reader last said whose label is on the topic
 */
public record ResultDetail(
        ResultRow result,
        String sourceDigest,
        String preprocessingVersion,
        @Nullable Instant acquiredAt,
        @Nullable Heatmap heatmap,
        @Nullable RecordPlace received,
        @Nullable RecordPlace normalized,
        @Nullable String reviewedAs) {
    /** Values row by row, 0 to 1 relative to the largest. */
    public record Heatmap(int rows, int columns, List<Float> values) {
        public Heatmap {
            values = List.copyOf(values);
        }
    }
}
