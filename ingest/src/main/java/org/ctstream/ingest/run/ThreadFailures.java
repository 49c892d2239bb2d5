package org.ctstream.ingest.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a stream thread dies. Its transaction is aborted either way; after a retriable failure a new
 * thread goes on at the last committed offset, after any other the service stops and says why.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

    private final Stop stop;
    private final AtomicReference<FatalStageException> fatal = new AtomicReference<>();

    public ThreadFailures(Stop stop) {
        this.stop = stop;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        StageException sorted = Failures.of(Stage.NORMALIZE, failure);
        if (sorted instanceof RetriableStageException) {
            log.atWarn()
                    .addKeyValue("stage", sorted.stage().word())
                    .addKeyValue("reason", sorted.getMessage())
                    .log("Stream thread gave up waiting");
            return stop.isRequested()
                    ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                    : StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        fatal.compareAndSet(
                null,
                sorted instanceof FatalStageException known
                        ? known
                        : new FatalStageException(
                                sorted.stage(), "A record's failure was not handled: " + sorted.getMessage(), failure));
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What only a person can mend, if a thread died of it. */
    public Optional<FatalStageException> fatal() {
        return Optional.ofNullable(fatal.get());
    }
}
