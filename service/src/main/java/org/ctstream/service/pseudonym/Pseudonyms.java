package org.ctstream.service.pseudonym;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns identifiers into keyed pseudonyms: HMAC-SHA-256 with the site's key, cut to 128 bits. The same identifier under
 * the same key always gives the same pseudonym, so a patient's scans stay together; without the key it cannot be
 * computed, nor guessed by trying all patient numbers. Without a key there are no pseudonyms.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 *
 * @see "RFC 2104 (HMAC)"
 * @see "DICOM PS3.5 B.2 (UIDs derived from 128 bits under 2.25)"
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    /** Set before the value, so that a UID and a patient number that read the same have unrelated pseudonyms. */
    private static final String UID_DOMAIN = "uid:";

    private static final String PATIENT_DOMAIN = "patient:";

    private final Optional<SecretKeySpec> key;

    private Pseudonyms(Optional<SecretKeySpec> key) {
        this.key = key;
    }

    /** @param key at least {@link PseudonymKey#MIN_BYTES} bytes; copied */
    public static Pseudonyms keyed(byte[] key) {
        if (key.length < PseudonymKey.MIN_BYTES) {
            throw new IllegalArgumentException(
                    "key of " + key.length + " bytes (expected: " + PseudonymKey.MIN_BYTES + " or more)");
        }
        return new Pseudonyms(Optional.of(new SecretKeySpec(key, ALGORITHM)));
    }

    /** Identifiers are dropped. */
    public static Pseudonyms none() {
        return new Pseudonyms(Optional.empty());
    }

    public boolean isKeyed() {
        return key.isPresent();
    }

    /** The pseudonym of a DICOM UID, itself a valid UID of at most 44 characters; empty without a key or a UID. */
    public Optional<String> uid(String uid) {
        return digest(UID_DOMAIN, uid).map(digest -> "2.25." + new BigInteger(1, digest));
    }

    /** The pseudonym of a PatientID, 32 hexadecimal digits; empty without a key or an identifier. */
    public Optional<String> patient(String patientId) {
        return digest(PATIENT_DOMAIN, patientId).map(HexFormat.of()::formatHex);
    }

    private Optional<byte[]> digest(String domain, String value) {
        String unpadded = unpadded(value);
        if (unpadded.isEmpty()) {
            return Optional.empty();
        }
        return key.map(secret -> {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(secret);
                return Arrays.copyOf(mac.doFinal((domain + unpadded).getBytes(UTF_8)), BYTES);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
            }
        });
    }

    /** DICOM pads values to even length, with a NUL (UIDs) or spaces: padding is not part of who somebody is. */
    private static String unpadded(String value) {
        return value.replace("\0", "").strip();
    }
}
