package org.ctstream.service.lifecycle;

/** A long-running part of the stream: ingest, an inference worker, the results sink. */
public interface StreamService extends AutoCloseable {
    /** Name for logs, health and metrics, for example {@code inference-worker}. */
    String name();

    /**
     * Does the work until {@link #requestStop()}, then drains: what is in hand is finished and committed.
     *
     * @throws org.ctstream.service.error.FatalStageException if only a person can mend what happened
     */
    void run();

    /** Asks {@link #run()} to drain and return. Returns at once; safe from any thread, any number of times. */
    void requestStop();

    /** Frees what the constructor took. Called once, after {@link #run()} has returned. */
    @Override
    void close();
}
