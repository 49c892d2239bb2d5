package org.ctstream.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The idempotency key of an alert: its id, as every result id that a worker makes can stand in a header. Any other text on
 * the topic is replaced by its SHA-256, for a header must have no line ends and a signed id no full stop.
 */
final class WebhookId {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private WebhookId() {}

    static String of(String alertId) {
        if (PLAIN.matcher(alertId).matches()) {
            return alertId;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(alertId.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without SHA-256", e);
        }
    }
}
