package org.ctstream.sink.webhook;

import org.ctstream.sink.store.AlertedScan;

/**
 * What a webhook's request says.
 *
 * <h2>Thread safety</h2>
 * Implementations are safe for use by any number of threads.
 */
public interface AlertBody {
    /** Media type of the body. */
    String contentType();

    /** The same bytes each time for the same alert. */
    byte[] of(AlertedScan alert);
}
