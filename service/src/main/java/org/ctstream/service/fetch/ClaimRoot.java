package org.ctstream.service.fetch;

import java.io.IOException;
import java.net.URI;

/** One place claim checks may point into. Implementations are thread-safe. */
sealed interface ClaimRoot permits FileRoot, HttpRoot, S3Root {
    /** Whether a URI lies under this root, judged by its text; nothing is opened. */
    boolean covers(URI uri);

    /**
     * Reads what the URI names, which {@link #covers} has accepted.
     *
     * @param length bytes to expect; no more are read or kept
     * @return as many bytes
     * @throws IOException if the store is away: try again
     * @throws org.ctstream.service.error.PoisonRecordException if trying again cannot help
     * @throws InterruptedException if the waiting thread was told to stop
     */
    byte[] read(URI uri, int length) throws IOException, InterruptedException;

    /** The root itself, for messages. */
    String describe();

    /** Ends what reading needs. */
    default void close() {}
}
