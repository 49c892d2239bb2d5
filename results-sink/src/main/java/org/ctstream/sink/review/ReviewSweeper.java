package org.ctstream.sink.review;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.ReviewStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Publishes the reviews that were left pending: by a Kafka that was away, or by a sink that ended in between. A thread of its
 * own until closed.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ReviewSweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReviewSweeper.class);
    private static final int AT_ONCE = 500;
    private static final int MOST_FAILURES = 3;
    private static final long CLOSE_TIMEOUT_MS = 15_000;

    private final ReviewStore store;
    private final Reviews reviews;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "review-sweeper");

    /** When each scan that is still pending was last tried, counted in tries; for the thread alone. */
    private final Map<String, Long> tried = new HashMap<>();

    private long tries;

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

    /** Those not tried for longest go first, so that one whose partition is away for good holds no other up. */
    private void sweep() {
        try {
            var scans = new ArrayList<>(store.pendingScans(AT_ONCE));
            tried.keySet().retainAll(scans);
            scans.sort(Comparator.comparing(scanId -> tried.getOrDefault(scanId, 0L)));
            int failures = 0;
            for (String scanId : scans) {
                if (closing.getCount() == 0 || failures == MOST_FAILURES) {
                    return;
                }
                tried.put(scanId, ++tries);
                failures += isSettled(scanId) ? 0 : 1;
            }
        } catch (RuntimeException e) {
            // Without this thread nobody would publish what is pending.
            log.atError().setCause(e).log("Looking for pending reviews failed");
        }
    }

    private boolean isSettled(String scanId) {
        try {
            reviews.settle(scanId);
            return true;
        } catch (RetriableStageException e) {
            at(log.atWarn(), scanId).addKeyValue("reason", e.getMessage()).log("Review still waits to be published");
        } catch (StageException e) {
            at(log.atError(), scanId)
                    .addKeyValue("reason", e.getMessage())
                    .log("A review cannot be published until somebody mends this");
        } catch (RuntimeException e) {
            at(log.atError(), scanId).setCause(e).log("Publishing a review failed");
        }
        return false;
    }

    private static LoggingEventBuilder at(LoggingEventBuilder event, String scanId) {
        return event.addKeyValue("scanId", scanId);
    }
}
