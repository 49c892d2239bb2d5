package org.ctstream.service.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Set;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;

/**
 * Asks for credentials before everything but the probes, and before the metrics if so configured. Probes stay open: what
 * asks them has no secrets, and they tell names of parts, not data.
 */
final class HttpGuard implements Handler {
    private static final Set<String> PROBES = Set.of("/livez", "/readyz");
    private static final String METRICS = "/metrics";

    private final Credentials credentials;
    private final boolean metricsOpen;
    private final FailureThrottle throttle;

    HttpGuard(Credentials credentials, boolean metricsOpen, FailureThrottle throttle) {
        this.credentials = credentials;
        this.metricsOpen = metricsOpen;
        this.throttle = throttle;
    }

    static HttpGuard of(ServiceConfig config) {
        return new HttpGuard(
                Credentials.of(config), config.bool(HttpKeys.METRICS_OPEN), new FailureThrottle(System::nanoTime));
    }

    @Override
    public void handle(Context context) {
        if (credentials.areNone() || isOpen(context.path())) {
            return;
        }
        String address = context.req().getRemoteAddr();
        String header = context.header("Authorization");
        if (header == null) {
            // A browser's first request: nothing was guessed.
            askFor(context);
        } else if (throttle.isBlocked(address)) {
            context.header("Retry-After", Long.toString(FailureThrottle.WINDOW_SECONDS));
            refuse(
                    context,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too_many_attempts",
                    "Too many wrong credentials came from this address.",
                    "Ask again in a minute, with the right ones.");
        } else if (!credentials.accept(header)) {
            throttle.failed(address);
            askFor(context);
        } else {
            Credentials.userOf(header).ifPresent(user -> HttpUser.set(context, user));
        }
    }

    private boolean isOpen(String path) {
        return PROBES.contains(path) || (metricsOpen && path.equals(METRICS));
    }

    private void askFor(Context context) {
        context.header(
                "WWW-Authenticate",
                credentials.includePassword() ? "Basic realm=\"ctstream\", charset=\"UTF-8\"" : "Bearer");
        refuse(
                context,
                HttpStatus.UNAUTHORIZED,
                "unauthorized",
                "This needs credentials.",
                "Send those of " + HttpKeys.USER_INFO + " by HTTP Basic authentication, or the token of "
                        + HttpKeys.BEARER_TOKEN + ".");
    }

    private static void refuse(Context context, HttpStatus status, String error, String message, String remedy) {
        var body = new LinkedHashMap<String, String>();
        body.put("error", error);
        body.put("message", message);
        body.put("remedy", remedy);
        context.header("Cache-Control", "no-store").status(status).json(body);
        context.skipRemainingHandlers();
    }
}
