package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one endpoint, for gauges.
 *
 * @param enabled whether new alerts go there
 * @param oldest when the oldest alert that waits was raised; null if none waits
 */
public record OutboxDepth(
        boolean enabled, long pending, @Nullable Instant oldest, long dead) {}
