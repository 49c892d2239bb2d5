package org.ctstream.sink.store;

import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.StudyState;
import org.jspecify.annotations.Nullable;

/**
 * Which studies to list; null means any.
 *
 * @param after list what comes behind this place
 * @param limit 1 to {@link #MAX_LIMIT}
 */
public record StudyFilter(
        @Nullable Label label,
        @Nullable StudyState state,
        @Nullable Cursor after,
        int limit) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    public StudyFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
        }
    }
}
