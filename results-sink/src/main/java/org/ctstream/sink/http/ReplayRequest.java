package org.ctstream.sink.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.Locale;
import org.ctstream.sink.store.DeliveryFilter;
import org.ctstream.sink.store.DeliveryState;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/webhooks/replay}.
 *
 * @param state of the deliveries that are meant
 * @param endpoint of the deliveries that are meant; null for any, as with alertId and since
 * @param execute false to be told only what would be replayed
 * @param by who asks, for the log; with execute
 * @param reason why, for the log; with execute
 */
record ReplayRequest(
        String state,
        @Nullable String endpoint,
        @Nullable String alertId,
        @Nullable String since,
        @Nullable Integer limit,
        boolean execute,
        @Nullable String by,
        @Nullable String reason) {
    private static final int MOST_CHARACTERS = 4_096;
    private static final int MOST_TEXT = 200;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Reads it. Only JSON that says so: a form on another site's page could send anything else with the user's password.
     *
     * @throws ApiException 400 if it does not fit
     */
    static ReplayRequest read(Context context) {
        String type = context.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw bad("Content-Type " + type + " (expected: application/json)");
        }
        if (context.contentLength() > MOST_CHARACTERS) {
            throw bad(context.contentLength() + " bytes (expected: up to " + MOST_CHARACTERS + ")");
        }
        ReplayRequest request = parse(context.body());
        if (request.state == null) {
            throw bad("no state (expected: dead, suppressed or delivered)");
        }
        if (request.state.equalsIgnoreCase(DeliveryState.PENDING.name())) {
            throw bad("state pending (expected: dead, suppressed or delivered; pending ones are tried anyway)");
        }
        if (request.execute && (!isText(request.by) || !isText(request.reason))) {
            throw bad("execute without by and reason (expected: who and why, up to " + MOST_TEXT
                    + " characters each, for the log)");
        }
        return request;
    }

    DeliveryFilter filter(DeliveryState of) {
        return DeliveryParameters.filter(of, endpoint, alertId, since, limit == null ? null : limit.toString());
    }

    private static ReplayRequest parse(String body) {
        try {
            ReplayRequest request = MAPPER.readValue(body, ReplayRequest.class);
            if (request != null) {
                return request;
            }
        } catch (JsonProcessingException e) {
            // Answered below.
        }
        throw bad("its JSON (expected: an object with state, and as you like endpoint, alertId, since, limit, execute,"
                + " by, reason)");
    }

    private static boolean isText(@Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= MOST_TEXT
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static ApiException bad(String what) {
        return ApiException.badParameter("Cannot take a request to replay with " + what, "Correct it and ask again.");
    }
}
