package org.ctstream.service.claims;

import java.io.IOException;
import java.net.URI;

/**
 * A place for scans that are too large for a record. An object is named after the SHA-256 of its content: no name of a
 * patient or a file gets into it, and the same scan published twice is kept once.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public interface ClaimStore extends AutoCloseable {
    /**
     * Keeps a scan. When this returns, a crash of this machine or of the store's no longer loses it, so that its claim
     * check may be published. A scan that is there already counts as new, for the sake of rules that delete by age.
     *
     * @param content encoded bytes
     * @param sha256 their digest, 64 lower-case hexadecimal digits
     * @return where it is
     * @throws IOException if it is not kept; the message names neither the scan nor its file
     */
    URI put(byte[] content, String sha256) throws IOException;

    /** The store itself, for messages. */
    String describe();

    @Override
    void close();
}
