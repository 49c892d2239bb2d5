package org.ctstream.embedded.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs bearer tokens for the schema registry, which gets the public key and needs no identity server. The private key
 * lives as long as this object.
 *
 * @see "RFC 7519, JSON Web Token; RFC 7518 3.3, RS256"
 */
final class RegistryTokens {

    private static final int KEY_BITS = 3072;
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys;

    RegistryTokens() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform makes RSA keys", e);
        }
    }

    /** In base64, without header and footer. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** Names in users are plain letters, so nothing in the JSON needs escaping. */
    String token(StackUser user, Instant issued, Instant expires) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
        String claims =
                ("{\"iss\":\"ctstream-embedded\",\"sub\":\"%1$s\",\"upn\":\"%1$s\",\"preferred_username\":\"%1$s\","
                                + "\"groups\":[\"%2$s\"],\"iat\":%3$d,\"exp\":%4$d}")
                        .formatted(
                                user.name(),
                                user.registryRole().word(),
                                issued.getEpochSecond(),
                                expires.getEpochSecond());
        String signed = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform signs with RSA", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return URL_SAFE.encodeToString(bytes);
    }
}
