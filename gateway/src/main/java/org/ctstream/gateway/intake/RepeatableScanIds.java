package org.ctstream.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.service.pseudonym.PseudonymKey;
import org.ctstream.service.pseudonym.Pseudonyms;

/**
 * Scan ids by which an object that is sent again is the same scan again, and its result is stored once: a PACS repeats what
 * it got no answer for. The id comes from the keyed pseudonym of the SOP Instance UID and the content that is sent on, so
 * that it tells nothing of either, two objects with the same pixels are two scans, and an object that was changed is
 * another.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class RepeatableScanIds {
    private static final String PREFIX = "pacs-";
    private static final int DIGITS = 32;

    private final Pseudonyms pseudonyms;

    /** @param pseudonyms the site's; without a key, ids repeat within this process alone */
    public RepeatableScanIds(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms.isKeyed() ? pseudonyms : Pseudonyms.keyed(random());
    }

    /**
     * The id of an object.
     *
     * @param sopInstanceUid raw
     * @param content the bytes that are sent on
     */
    public String of(String sopInstanceUid, byte[] content) {
        String instance = pseudonyms.uid(sopInstanceUid).orElse("");
        String both = instance + ":" + Sha256.hex(content);
        return PREFIX + Sha256.hex(both.getBytes(StandardCharsets.US_ASCII)).substring(0, DIGITS);
    }

    private static byte[] random() {
        byte[] key = new byte[2 * PseudonymKey.MIN_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
