package org.ctstream.service.fetch;

import java.util.Arrays;
import java.util.Objects;

/**
 * The encoded bytes of one scan.
 *
 * @param content the file as the source wrote it; shared, not copied, because it may be tens of MiB and has one reader
 * @param sha256 digest of the content, 64 lower-case hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString are defined for the array below
public record Payload(byte[] content, String sha256) {
    public Payload {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** With the digest computed here. */
    public static Payload of(byte[] content) {
        return new Payload(content, Sha256.hex(content));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && sha256.equals(that.sha256) && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    /** Length and digest only: the content is patient data and stays out of logs. */
    @Override
    public String toString() {
        return "Payload[length=" + content.length + ", sha256=" + sha256 + "]";
    }
}
