package org.ctstream.sink.store;

import org.ctstream.schemas.avro.Label;
import org.jspecify.annotations.Nullable;

/**
 * Which results to list; null means any.
 *
 * @param after list what is older than this place
 * @param limit 1 to {@link #MAX_LIMIT}
 */
public record ResultFilter(
        @Nullable Label label,
        @Nullable String source,
        @Nullable Cursor after,
        int limit) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public ResultFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
        }
    }
}
