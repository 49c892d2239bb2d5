package org.ctstream.sink.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a request that changes something: JSON that says so, of bounded size. */
final class JsonRequest {
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonRequest() {}

    /**
     * Reads it.
     *
     * @param most bytes
     * @param shape what its JSON should be, for the message
     * @throws ApiException 415 if it does not call itself JSON, 400 if it is too long or something else
     */
    static <T> T read(Context context, int most, Class<T> type, String shape) throws IOException {
        checkType(context.contentType());
        // One byte more than allowed tells that there is more; the rest is not read.
        byte[] bytes = context.req().getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw bad("a body of more than " + most + " bytes", "at most that");
        }
        try {
            T body = MAPPER.readValue(bytes, type);
            if (body != null) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // Answered below. What it says may quote the body.
        }
        throw bad("the body", shape);
    }

    static ApiException bad(String what, String expected) {
        return ApiException.badParameter(
                "Cannot use " + what + " (expected: " + expected + ")", "Correct it and send it again.");
    }

    /** Forms can send texts of three types to any site; JSON is none of them. */
    private static void checkType(@Nullable String type) {
        if (type == null || !JSON.equalsIgnoreCase(type.split(";", 2)[0].strip())) {
            throw ApiException.unsupported(
                    "This body is no " + JSON + " by its Content-Type.", "Send JSON with Content-Type: " + JSON + ".");
        }
    }
}
