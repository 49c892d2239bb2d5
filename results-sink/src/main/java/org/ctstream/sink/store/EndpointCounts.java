package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the deliveries of an endpoint stand.
 *
 * @param enabled whether new alerts go there
 * @param oldestPending when the oldest alert that waits was raised; null if none waits
 */
public record EndpointCounts(
        String name,
        boolean enabled,
        long pending,
        @Nullable Instant oldestPending,
        long dead,
        long suppressed) {}
