package org.ctstream.sink.review;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.StageException;
import org.ctstream.service.lifecycle.Sweeps;
import org.ctstream.sink.store.ReviewStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Publishes the reviews that were left pending: by a Kafka that was away, or by a sink that ended in between. For one thread.
 */
public final class ReviewSweeper {
    private static final Logger log = LoggerFactory.getLogger(ReviewSweeper.class);
    private static final int AT_ONCE = 500;
    private static final int MOST_FAILURES = 3;

    private final ReviewStore store;
    private final Reviews reviews;

    /** When each scan that is still pending was last tried, counted in tries. */
    private final Map<String, Long> tried = new HashMap<>();

    private long tries;

    private ReviewSweeper(ReviewStore store, Reviews reviews) {
        this.store = store;
        this.reviews = reviews;
    }

    /** Begins to look for pending reviews that often. */
    public static Sweeps start(ReviewStore store, Reviews reviews, Duration interval) {
        return Sweeps.start("review-sweeper", interval, new ReviewSweeper(store, reviews)::sweep);
    }

    /** Those not tried for longest go first, so that one whose partition is away for good holds no other up. */
    private void sweep(BooleanSupplier closing) {
        var scans = new ArrayList<>(store.pendingScans(AT_ONCE));
        tried.keySet().retainAll(scans);
        scans.sort(Comparator.comparing(scanId -> tried.getOrDefault(scanId, 0L)));
        int failures = 0;
        for (String scanId : scans) {
            if (closing.getAsBoolean() || failures == MOST_FAILURES) {
                return;
            }
            tried.put(scanId, ++tries);
            failures += isSettled(scanId) ? 0 : 1;
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
