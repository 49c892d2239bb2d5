package org.ctstream.sink.review;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.ReviewStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the reviews that were left pending: by a Kafka that was away, or by a sink that ended in between. A thread of its
 * own until closed.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ReviewSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReviewSweeper.class);
    private static final int AT_ONCE = 50;
    private static final long CLOSE_TIMEOUT_MS = 15_000;

    private final ReviewStore store;
    private final Reviews reviews;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "review-sweeper");

    private ReviewSweeper(ReviewStore store, Reviews reviews, Duration interval) {
        this.store = store;
        this.reviews = reviews;
        this.interval = interval;
    }

    /** Begins to look for pending reviews that often. */
    public static ReviewSweeper start(ReviewStore store, Reviews reviews, Duration interval) {
        var sweeper = new ReviewSweeper(store, reviews, interval);
        sweeper.thread.setDaemon(true);
        sweeper.thread.start();
        return sweeper;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            for (String scanId : store.pendingScans(AT_ONCE)) {
                if (closing.getCount() == 0) {
                    return;
                }
                settle(scanId);
            }
        } catch (RetriableStageException e) {
            // What is away for one scan is away for all.
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Reviews still wait to be published");
        } catch (RuntimeException e) {
            // Without this thread nobody would publish what is pending.
            log.atError().setCause(e).log("Looking for pending reviews failed");
        }
    }

    private void settle(String scanId) {
        try {
            reviews.settle(scanId);
        } catch (RetriableStageException e) {
            throw e;
        } catch (StageException e) {
            log.atError()
                    .addKeyValue("scanId", scanId)
                    .addKeyValue("reason", e.getMessage())
                    .log("A review cannot be published until somebody mends this");
        }
    }
}
