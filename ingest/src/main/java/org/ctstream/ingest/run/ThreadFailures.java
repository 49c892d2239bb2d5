package org.ctstream.ingest.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InvalidTxnStateException;
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
 * <p>Streams itself takes up again after a transaction that timed out, except where the coordinator aborts it between the
 * records and the commit: the commit is then refused as {@link InvalidTxnStateException}, with nothing committed.
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
        StageException sorted = sort(failure);
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

    private static StageException sort(Throwable failure) {
        if (failure instanceof InvalidTxnStateException || failure.getCause() instanceof InvalidTxnStateException) {
            return new RetriableStageException(
                    Stage.NORMALIZE, "The transaction timed out as it was being committed", failure);
        }
        return Failures.of(Stage.NORMALIZE, failure);
    }

    /** What only a person can mend, if a thread died of it. */
    public Optional<FatalStageException> fatal() {
        return Optional.ofNullable(fatal.get());
    }
}
