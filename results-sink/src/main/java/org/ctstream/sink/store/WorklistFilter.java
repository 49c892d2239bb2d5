package org.ctstream.sink.store;

import java.time.Instant;
import org.ctstream.schemas.avro.Label;
import org.jspecify.annotations.Nullable;

/**
 * Which results the worklist shows; null means any.
 *
 * @param least lowest probability, inclusive, 0 to 1
 * @param most highest probability, inclusive, 0 to 1
 * @param modelVersion only together with {@code modelName}
 * @param from stored then or later
 * @param until stored before
 * @param after list what comes behind this place
 * @param limit 1 to {@link #MAX_LIMIT}
 */
public record WorklistFilter(
        @Nullable Label label,
        @Nullable Double least,
        @Nullable Double most,
        @Nullable String source,
        @Nullable String modelName,
        @Nullable String modelVersion,
        @Nullable Instant from,
        @Nullable Instant until,
        ReviewFilter reviewed,
        @Nullable ScanSearch search,
        @Nullable WorklistCursor after,
        int limit) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    public WorklistFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
        }
        if (modelVersion != null && modelName == null) {
            throw new IllegalArgumentException("modelVersion without modelName");
        }
    }

    /** Everything. */
    public static WorklistFilter all(int limit) {
        return new WorklistFilter(null, null, null, null, null, null, null, null, ReviewFilter.ANY, null, null, limit);
    }
}
