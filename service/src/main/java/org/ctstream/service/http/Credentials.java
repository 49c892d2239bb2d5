package org.ctstream.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;

/**
 * What a service accepts as {@code Authorization}; only digests of it are kept.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 *
 * @see "RFC 7617, The 'Basic' HTTP Authentication Scheme; RFC 6750 2.1, Bearer Token Usage"
 */
final class Credentials {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final List<byte[]> userInfos = new ArrayList<>();
    private final List<byte[]> tokens = new ArrayList<>();

    private Credentials() {}

    /** None where there are none to give, or where somebody in front asks for them. */
    static Credentials of(ServiceConfig config) {
        var credentials = new Credentials();
        if (!HttpKeys.AUTH_NONE.equals(config.string(HttpKeys.AUTH))) {
            add(credentials.userInfos, config.password(HttpKeys.USER_INFO).value());
            add(credentials.tokens, config.password(HttpKeys.BEARER_TOKEN).value());
        }
        return credentials;
    }

    boolean areNone() {
        return userInfos.isEmpty() && tokens.isEmpty();
    }

    /** Whether browsers should ask for a user and a password. */
    boolean includePassword() {
        return !userInfos.isEmpty();
    }

    /** @param header the value of {@code Authorization} */
    boolean accept(String header) {
        if (isScheme(BEARER, header)) {
            return contains(tokens, header.substring(BEARER.length()).strip().getBytes(UTF_8));
        }
        if (isScheme(BASIC, header)) {
            try {
                return contains(
                        userInfos,
                        Base64.getDecoder()
                                .decode(header.substring(BASIC.length()).strip()));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return false;
    }

    /** The user that accepted credentials name; empty for a token. */
    static Optional<String> userOf(String header) {
        if (!isScheme(BASIC, header)) {
            return Optional.empty();
        }
        String userInfo = new String(
                Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), UTF_8);
        return Optional.of(userInfo.substring(0, userInfo.indexOf(':')));
    }

    private static boolean isScheme(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Of digests, so that neither content nor length shows in the time taken. */
    private static boolean contains(List<byte[]> known, byte[] given) {
        byte[] digest = digest(given);
        boolean found = false;
        for (byte[] one : known) {
            found |= MessageDigest.isEqual(one, digest);
        }
        return found;
    }

    private static void add(List<byte[]> known, String secret) {
        if (!secret.isEmpty()) {
            known.add(digest(secret.getBytes(UTF_8)));
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
