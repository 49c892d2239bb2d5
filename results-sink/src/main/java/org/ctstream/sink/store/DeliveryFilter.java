package org.ctstream.sink.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are meant; null means any.
 *
 * @param since alerts raised then or later
 * @param limit 1 to {@link #MAX_LIMIT}; the oldest first
 */
public record DeliveryFilter(
        DeliveryState state,
        @Nullable String endpoint,
        @Nullable String alertId,
        @Nullable Instant since,
        int limit) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1_000;

    public DeliveryFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
        }
    }

    /** The condition on the table's alias {@code d}. */
    String condition() {
        return "d.state = ?"
                + (endpoint == null ? "" : " AND d.endpoint = ?")
                + (alertId == null ? "" : " AND d.alert_id = ?")
                + (since == null ? "" : " AND d.alerted_at >= ?");
    }

    /** The values of {@link #condition()}. */
    List<Object> values() {
        var values = new ArrayList<Object>();
        values.add(state.name());
        if (endpoint != null) {
            values.add(endpoint);
        }
        if (alertId != null) {
            values.add(alertId);
        }
        if (since != null) {
            values.add(since);
        }
        return values;
    }
}
