package org.ctstream.sink.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets an endpoint's requests are signed with: one, or two while the receiver changes from the one to the other.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 *
 * @see "Standard Webhooks 1.0.0, Signature scheme"
 */
public final class WebhookSecret {
    /** What a secret looks like, for messages. */
    public static final String FORM = "whsec_ and 24 to 64 random bytes in Base64";

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int MOST_KEYS = 4;

    private final List<SecretKeySpec> keys;

    private WebhookSecret(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Reads secrets separated by spaces; empty if one of them is not as {@link #FORM} says. */
    public static Optional<WebhookSecret> parse(String text) {
        var keys = new ArrayList<SecretKeySpec>();
        for (String secret : text.strip().split(" +", -1)) {
            Optional<byte[]> bytes = bytes(secret);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            keys.add(new SecretKeySpec(bytes.get(), ALGORITHM));
        }
        return keys.size() > MOST_KEYS ? Optional.empty() : Optional.of(new WebhookSecret(keys));
    }

    /**
     * The value of the header {@code webhook-signature}.
     *
     * @param id value of {@code webhook-id}, without a full stop
     * @param timestamp value of {@code webhook-timestamp}, in seconds since 1970
     */
    public String signature(String id, long timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(US_ASCII);
        return keys.stream().map(key -> "v1," + sign(key, head, body)).collect(Collectors.joining(" "));
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "WebhookSecret[" + keys.size() + "]";
    }

    private static String sign(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java without " + ALGORITHM, e);
        }
    }

    private static Optional<byte[]> bytes(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            return bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
