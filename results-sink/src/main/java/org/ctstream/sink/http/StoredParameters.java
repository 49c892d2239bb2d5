package org.ctstream.sink.http;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import org.ctstream.sink.store.Cursor;
import org.ctstream.sink.store.StoredScanPage;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of {@code GET /api/stored}.
 *
 * @param after where the page begins
 * @param limit 1 to {@link StoredScanPage#MAX_LIMIT}
 */
record StoredParameters(Cursor after, int limit) {
    private static final Instant OLDEST = Instant.EPOCH;
    private static final Instant NEWEST = Instant.parse("9999-12-31T00:00:00Z");

    /** @throws ApiException 400 if a parameter does not fit */
    static StoredParameters parse(Context context) {
        String after = value(context, "after");
        String limit = value(context, "limit");
        return new StoredParameters(
                after == null ? new Cursor(since(value(context, "since")), "") : cursor(after),
                limit == null ? StoredScanPage.MAX_LIMIT : limit(limit));
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text)
                .orElseThrow(() -> ApiException.badParameter(
                        "Cannot read after=" + text + " (expected: the value of next in an earlier answer)",
                        "Pass next unchanged, or begin with since."));
    }

    private static Instant since(@Nullable String text) {
        try {
            Instant since = text == null ? OLDEST : Instant.parse(text);
            if (!since.isBefore(OLDEST) && since.isBefore(NEWEST)) {
                return since;
            }
        } catch (DateTimeException e) {
            // Answered below, as is a time no database stores.
        }
        throw ApiException.badParameter(
                "Cannot read since=" + text + " (expected: a time from 1970 on, as 2026-11-23T03:00:00Z)",
                "Give a time in UTC, or leave since out for all.");
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= StoredScanPage.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, as is a number out of range.
        }
        throw ApiException.badParameter(
                "Cannot use limit=" + text + " (expected: a whole number from 1 to " + StoredScanPage.MAX_LIMIT + ")",
                "For more, follow next from page to page.");
    }

    private static @Nullable String value(Context context, String name) {
        String value = context.queryParam(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
