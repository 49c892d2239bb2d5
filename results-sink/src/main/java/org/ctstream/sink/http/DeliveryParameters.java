package org.ctstream.sink.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.ctstream.sink.store.DeliveryFilter;
import org.ctstream.sink.store.DeliveryState;
import org.jspecify.annotations.Nullable;

/** Reads which deliveries are meant. Empty values mean the parameter was not given. */
final class DeliveryParameters {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private DeliveryParameters() {}

    /** @throws ApiException 400 if a parameter does not fit */
    static DeliveryFilter parse(DeliveryState state, Context context) {
        return filter(
                state,
                context.queryParam("endpoint"),
                context.queryParam("alertId"),
                context.queryParam("since"),
                context.queryParam("limit"));
    }

    static DeliveryFilter filter(
            DeliveryState state,
            @Nullable String endpoint,
            @Nullable String alertId,
            @Nullable String since,
            @Nullable String limit) {
        return new DeliveryFilter(state, text(endpoint), text(alertId), since(text(since)), limit(text(limit)));
    }

    private static @Nullable String text(@Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw ApiException.badParameter("A parameter holds a character zero (expected: text)", "Leave it out.");
        }
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable Instant since(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant since = Instant.parse(text);
            if (!since.isBefore(Instant.EPOCH) && since.isBefore(LATEST)) {
                return since;
            }
        } catch (DateTimeParseException e) {
            // Answered below, as is a time no database stores.
        }
        throw ApiException.badParameter(
                "Cannot read since=" + text + " (expected: a time from 1970 on, as 2026-11-23T03:00:00Z)",
                "Give a time in UTC, or leave since out for all.");
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DeliveryFilter.DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= DeliveryFilter.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, as is a number out of range.
        }
        throw ApiException.badParameter(
                "Cannot use limit=" + text + " (expected: a whole number from 1 to " + DeliveryFilter.MAX_LIMIT + ")",
                "Ask again for what is left.");
    }
}
