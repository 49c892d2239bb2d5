package org.ctstream.sink.review;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.scan.ScanRecords;
import org.ctstream.sink.scan.ScanRecords.Found;
import org.ctstream.sink.store.NewReview;
import org.ctstream.sink.store.RecordPlace;
import org.ctstream.sink.store.Review;
import org.ctstream.sink.store.ReviewStore;
import org.ctstream.sink.store.Settlement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reviews: keeps each first, then publishes its label, and calls it done only when Kafka has acknowledged. What cannot
 * be published now is published later by {@link ReviewSweeper}, in the order in which the scan was reviewed.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; one publishes at a time, so that readers never take all connections.
 */
public final class Reviews {
    private static final Logger log = LoggerFactory.getLogger(Reviews.class);
    private static final long LONGEST_TURN_MS = 3_000;

    private final ReviewStore store;
    private final ScanRecords scans;
    private final LabelTopic labels;
    private final ReentrantLock turn = new ReentrantLock();

    public Reviews(ReviewStore store, ScanRecords scans, LabelTopic labels) {
        this.store = store;
        this.scans = scans;
        this.labels = labels;
    }

    /**
     * Keeps the review, and publishes it if that is possible now.
     *
     * @return the review of that id as it is kept, perhaps an earlier one; its state says whether it is published. Empty if
     *     its result is not stored
     * @throws StageException if the database does not keep it: then it was not taken
     */
    public Optional<Review> take(NewReview review) {
        Optional<Review> kept = store.keep(review);
        if (kept.isEmpty()) {
            return kept;
        }
        try {
            settle(kept.get().scanId());
        } catch (StageException e) {
            log.atWarn()
                    .addKeyValue("scanId", kept.get().scanId())
                    .addKeyValue("reason", e.getMessage())
                    .log("A review waits to be published");
        }
        return store.find(review.reviewId());
    }

    /**
     * Publishes what is pending of a scan, in order.
     *
     * @throws StageException if something it needs is away; the rest stays pending
     */
    void settle(String scanId) {
        if (!myTurn()) {
            return;
        }
        try {
            while (store.settleNext(scanId, this::publish)) {
                log.atDebug().addKeyValue("scanId", scanId).log("Review settled");
            }
        } finally {
            turn.unlock();
        }
    }

    private Settlement publish(Review review, @Nullable RecordPlace place) {
        if (place == null) {
            return new Settlement.Refused("The result does not say where its original stands in Kafka: a version before"
                    + " this one made it. Publish the label with \"ctstream publish-labeled\" instead.");
        }
        try {
            Optional<Found<ScanReceived>> original = scans.received(review.scanId(), place);
            return original.isPresent()
                    ? new Settlement.Published(labels.write(review, original.get()))
                    : new Settlement.Refused("The original is no longer on " + place.topic()
                            + ": its retention is over. Publish the label with \"ctstream publish-labeled\" instead.");
        } catch (PoisonRecordException e) {
            return new Settlement.Refused(e.detail());
        } catch (StageException e) {
            if (isTooLarge(e)) {
                return new Settlement.Refused(
                        "The original is too large for ct.scan.labeled. Raise its max.message.bytes, or publish the"
                                + " label with \"ctstream publish-labeled\".");
            }
            throw e;
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private boolean myTurn() {
        try {
            return turn.tryLock(LONGEST_TURN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
