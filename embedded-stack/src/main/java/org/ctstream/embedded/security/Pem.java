package org.ctstream.embedded.security;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/**
 * Keys and certificates as text.
 *
 * @see "RFC 7468, Textual Encodings of PKIX, PKCS, and CMS Structures"
 */
final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    static String of(Certificate... chain) {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : chain) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("A certificate that was just made cannot be written", e);
            }
        }
        return text.toString();
    }

    /** A private key, unencrypted: who may read the file decides. */
    static String of(Key privateKey) {
        return block("PRIVATE KEY", privateKey.getEncoded());
    }

    private static String block(String label, byte[] content) {
        String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
