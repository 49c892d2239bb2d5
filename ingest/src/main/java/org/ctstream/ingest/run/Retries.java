package org.ctstream.ingest.run;

import java.time.Duration;
import java.util.function.Supplier;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.lifecycle.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again while something is away, on the stream thread that holds the record, so that order is kept and nothing is
 * committed past it. After a bound it gives up: the thread must poll before {@code max.poll.interval.ms} is over, and its
 * replacement goes on at the same record.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Retries {
    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private final TaskWatch watch;
    private final Stop stop;
    private final Duration first;
    private final Duration limit;
    private final Duration bound;

    /**
     * @param first about the first wait; doubled each time up to the limit
     * @param bound no wait begins that would end later than this after the first attempt
     */
    public Retries(TaskWatch watch, Stop stop, Duration first, Duration limit, Duration bound) {
        this.watch = watch;
        this.stop = stop;
        this.first = first;
        this.limit = limit;
        this.bound = bound;
    }

    /**
     * Does the work, again and again while it fails retriably.
     *
     * @throws RetriableStageException the last failure, if the bound is over or the service is told to stop
     */
    public <T> T call(String task, Supplier<T> work) {
        var backoff = new Backoff(first, limit);
        long begin = System.nanoTime();
        while (true) {
            try {
                T result = work.get();
                watch.goesOn(task);
                return result;
            } catch (RetriableStageException e) {
                watch.waits(task, String.valueOf(e.getMessage()));
                Duration wait = backoff.next();
                Duration waitedThen =
                        Duration.ofNanos(System.nanoTime() - begin).plus(wait);
                log.atWarn()
                        .addKeyValue("task", task)
                        .addKeyValue("stage", e.stage().word())
                        .addKeyValue("attempt", backoff.failures())
                        .addKeyValue("waitMs", wait.toMillis())
                        .addKeyValue("reason", e.getMessage())
                        .log("Waiting for what is away");
                if (waitedThen.compareTo(bound) > 0 || stop.await(wait)) {
                    throw e;
                }
            }
        }
    }
}
