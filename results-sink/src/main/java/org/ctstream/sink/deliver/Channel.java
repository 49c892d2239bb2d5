package org.ctstream.sink.deliver;

import org.ctstream.sink.store.AlertedScan;

/**
 * The way to one endpoint.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public interface Channel extends AutoCloseable {
    /** The endpoint's name in configuration, database, metrics and logs. */
    String endpoint();

    /**
     * Tries once, and returns within the bound that the channel was made with, whatever the endpoint does.
     *
     * @return what became of it; never what the endpoint wrote, which may be anything
     */
    Attempt deliver(AlertedScan alert) throws InterruptedException;

    @Override
    void close();
}
