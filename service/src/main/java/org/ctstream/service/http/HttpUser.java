package org.ctstream.service.http;

import io.javalin.http.Context;
import java.util.Optional;

/** Who sent a request, as far as the guard of the port knows. */
public final class HttpUser {
    private static final String ATTRIBUTE = "ctstream.user";

    private HttpUser() {}

    /** The user whose password came with the request; empty for a token, and where nobody asked for credentials. */
    public static Optional<String> of(Context context) {
        return Optional.ofNullable(context.attribute(ATTRIBUTE));
    }

    static void set(Context context, String user) {
        context.attribute(ATTRIBUTE, user);
    }
}
