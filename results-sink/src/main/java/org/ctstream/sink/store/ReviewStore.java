package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reviews, and moves each on once it is known what became of its label. A review is kept before its label is sent, and
 * is only then called published when Kafka has acknowledged: whatever ends in between, it is sent again, with the same
 * content under the same key.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads and sinks; row locks keep the reviews of one scan in order.
 */
public final class ReviewStore {
    private static final int MOST_OF_SCAN = 100;

    private final Database database;
    private final Clock clock;

    public ReviewStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps a review as pending. One with an id that is known is not kept again.
     *
     * @return the review of that id as it is kept now; empty if its result is not stored
     */
    public Optional<Review> keep(NewReview review) {
        return database.inTransaction("keep a review in", connection -> {
            Optional<Review> known = ReviewTable.find(connection, review.reviewId());
            if (known.isPresent()) {
                return known;
            }
            String[] result = lockResult(connection, review.resultId());
            if (result.length == 0) {
                return Optional.empty();
            }
            ReviewTable.insert(
                    connection, review, result[0], result[1], clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return ReviewTable.find(connection, review.reviewId());
        });
    }

    /** The scan's reviews, newest first, at most {@value #MOST_OF_SCAN}. */
    public List<Review> ofScan(String scanId) {
        return database.inTransaction(
                "read reviews from", connection -> ReviewTable.ofScan(connection, scanId, MOST_OF_SCAN));
    }

    public Optional<Review> find(String reviewId) {
        return database.inTransaction("read a review from", connection -> ReviewTable.find(connection, reviewId));
    }

    /** Scans with reviews that are pending, the longest pending first. */
    public List<String> pendingScans(int limit) {
        return database.inTransaction("look for pending reviews in", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT scan_id FROM review"
                    + " WHERE state = 'PENDING' GROUP BY scan_id ORDER BY MIN(review_number) LIMIT ?")) {
                select.setInt(1, limit);
                var scans = new ArrayList<String>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        scans.add(row.getString(1));
                    }
                }
                return scans;
            }
        });
    }

    /**
     * Settles the scan's longest pending review, which no other sink can do meanwhile.
     *
     * @param settling given the review and where its scan's original stands (null if nobody knows) sends the label; what it
     *     throws leaves the review pending
     * @return false if none is pending
     * @throws StageException as the database or {@code settling} says
     */
    public boolean settleNext(String scanId, BiFunction<Review, @Nullable RecordPlace, Settlement> settling) {
        return database.inTransaction("settle a review in", connection -> {
            Optional<Review> pending = ReviewTable.lockNextPending(connection, scanId);
            if (pending.isEmpty()) {
                return false;
            }
            Review review = pending.get();
            Settlement settlement = settling.apply(review, original(connection, scanId));
            ReviewTable.settle(connection, review.reviewId(), settlement, clock.instant());
            if (settlement instanceof Settlement.Published) {
                markReviewed(connection, review);
            }
            return true;
        });
    }

    /** Scan id and label, and nothing if there is no such result; reviews of one result are kept one after the other. */
    private static String[] lockResult(Connection connection, String resultId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT scan_id, label FROM result WHERE result_id = ? FOR UPDATE")) {
            select.setString(1, resultId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new String[] {row.getString(1), row.getString(2)} : new String[0];
            }
        }
    }

    private static @Nullable RecordPlace original(Connection connection, String scanId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT received_topic, received_partition, received_offset FROM result"
                        + " WHERE scan_id = ? AND received_topic IS NOT NULL ORDER BY stored_at DESC LIMIT 1")) {
            select.setString(1, scanId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? RecordPlace.read(row, "received") : null;
            }
        }
    }

    private static void markReviewed(Connection connection, Review review) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE result SET reviewed_as = ?, urgency = 0 WHERE scan_id = ?")) {
            update.setString(1, review.label());
            update.setString(2, review.scanId());
            update.executeUpdate();
        }
    }
}
