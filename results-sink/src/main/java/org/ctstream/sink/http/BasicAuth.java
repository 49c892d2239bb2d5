package org.ctstream.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTTP Basic authentication of everything but the probes and the metrics.
 *
 * @see "RFC 7617, The 'Basic' HTTP Authentication Scheme"
 */
final class BasicAuth implements Handler {
    private static final Set<String> OPEN_PATHS = Set.of("/livez", "/readyz", "/metrics");
    private static final String SCHEME = "Basic ";

    private final byte[] expected;

    /** @param userInfo {@code user:password} */
    BasicAuth(String userInfo) {
        this.expected = digest(userInfo.getBytes(UTF_8));
    }

    @Override
    public void handle(Context context) {
        if (OPEN_PATHS.contains(context.path()) || isKnown(context.header("Authorization"))) {
            return;
        }
        context.status(401).header("WWW-Authenticate", "Basic realm=\"ctstream results\", charset=\"UTF-8\"");
        ResultsApi.write(
                context,
                new ApiError(
                        "unauthorized",
                        "This needs a user and a password.",
                        "Send those of http.basic.auth.user.info by HTTP Basic authentication."));
        context.skipRemainingHandlers();
    }

    private boolean isKnown(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] given =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
            // Of digests, so that neither content nor length shows in the time taken.
            return MessageDigest.isEqual(digest(given), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
