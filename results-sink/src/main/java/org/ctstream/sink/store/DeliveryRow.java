package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API shows it.
 *
 * @param attempts since it was raised or last replayed
 * @param nextAttemptAt for a pending one when it is due, else when it was settled
 * @param reason what the last attempt failed of, or why there was none
 * @param suppressedBy the alert of the same study that was sent instead
 */
public record DeliveryRow(
        String alertId,
        String scanId,
        String endpoint,
        String state,
        Instant alertedAt,
        int attempts,
        Instant nextAttemptAt,
        @Nullable Instant lastAttemptAt,
        @Nullable String reason,
        @Nullable String suppressedBy,
        int replays) {}
