package org.ctstream.sink.deliver;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to deliver an alert. */
public sealed interface Attempt {
    /** The endpoint said that it has the alert. */
    record Delivered() implements Attempt {}

    /**
     * It did not.
     *
     * @param reason a word for metrics and lists, such as {@code http-503}: up to 64 lower-case letters, digits, dashes
     * @param scope whether other alerts would fare the same
     * @param notBefore how long the endpoint asked to be left alone; null if it did not
     */
    record Failed(String reason, Scope scope, @Nullable Duration notBefore) implements Attempt {
        private static final Pattern REASON = Pattern.compile("[a-z0-9-]{1,64}");

        public Failed {
            if (!REASON.matcher(reason).matches()) {
                throw new IllegalArgumentException("reason " + reason + " (expected: " + REASON + ")");
            }
        }

        public static Failed ofEndpoint(String reason) {
            return new Failed(reason, Scope.ENDPOINT, null);
        }

        public static Failed ofAlert(String reason) {
            return new Failed(reason, Scope.ALERT, null);
        }

        /** An exception on the way, by the name of its type: what it says may quote anything. */
        public static Failed ofEndpoint(Throwable failure) {
            String name = failure.getClass().getSimpleName();
            String dashed = name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            String reason = dashed.replaceAll("[^a-z0-9-]", "");
            return ofEndpoint(reason.isEmpty() ? "failure" : reason.substring(0, Math.min(64, reason.length())));
        }
    }

    /** Whom a failure concerns. */
    enum Scope {
        /** The endpoint is away or refuses everything: the others wait too. */
        ENDPOINT,
        /** This alert alone: the others go on. */
        ALERT
    }
}
