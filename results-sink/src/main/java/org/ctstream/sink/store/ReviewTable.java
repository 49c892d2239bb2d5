package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code review}. */
final class ReviewTable {
    private static final String SELECT = "SELECT review_id, result_id, scan_id, label, model_label, note, reviewed_by,"
            + " reviewed_at, state, state_reason, labeled_partition, labeled_offset, settled_at FROM review";
    private static final String INSERT = "INSERT INTO review"
            + " (review_id, result_id, scan_id, label, model_label, note, reviewed_by, reviewed_at, state)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING') ON CONFLICT DO NOTHING";
    private static final String SETTLE = "UPDATE review SET state = ?, state_reason = ?, labeled_partition = ?,"
            + " labeled_offset = ?, settled_at = ? WHERE review_id = ?";

    private ReviewTable() {}

    static void insert(Connection connection, NewReview review, String scanId, String modelLabel, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, review.reviewId());
            insert.setString(2, review.resultId());
            insert.setString(3, scanId);
            insert.setString(4, review.label().name());
            insert.setString(5, modelLabel);
            insert.setString(6, review.note());
            insert.setString(7, review.reviewedBy());
            insert.setObject(8, ResultTable.utc(now));
            insert.executeUpdate();
        }
    }

    static Optional<Review> find(Connection connection, String reviewId) throws SQLException {
        return first(connection, SELECT + " WHERE review_id = ?", reviewId);
    }

    /** The scan's longest pending review, locked until the transaction ends. */
    static Optional<Review> lockNextPending(Connection connection, String scanId) throws SQLException {
        return first(
                connection,
                SELECT + " WHERE scan_id = ? AND state = 'PENDING' ORDER BY review_number LIMIT 1 FOR UPDATE",
                scanId);
    }

    static List<Review> ofScan(Connection connection, String scanId, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + " WHERE scan_id = ? ORDER BY review_number DESC LIMIT ?")) {
            select.setString(1, scanId);
            select.setInt(2, limit);
            var reviews = new ArrayList<Review>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    reviews.add(read(row));
                }
            }
            return reviews;
        }
    }

    static void settle(Connection connection, String reviewId, Settlement settlement, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
            if (settlement instanceof Settlement.Published published) {
                update.setString(1, ReviewState.PUBLISHED.name());
                update.setNull(2, Types.VARCHAR);
                update.setInt(3, published.place().partition());
                update.setLong(4, published.place().offset());
            } else {
                update.setString(1, ReviewState.REFUSED.name());
                update.setString(2, ((Settlement.Refused) settlement).reason());
                update.setNull(3, Types.INTEGER);
                update.setNull(4, Types.BIGINT);
            }
            update.setObject(5, ResultTable.utc(now.truncatedTo(ChronoUnit.MILLIS)));
            update.setString(6, reviewId);
            update.executeUpdate();
        }
    }

    private static Optional<Review> first(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static Review read(ResultSet row) throws SQLException {
        return new Review(
                row.getString("review_id"),
                row.getString("result_id"),
                row.getString("scan_id"),
                row.getString("label"),
                row.getString("model_label"),
                row.getString("note"),
                row.getString("reviewed_by"),
                ResultQueries.time(row, "reviewed_at"),
                ReviewState.valueOf(row.getString("state")),
                row.getString("state_reason"),
                place(row),
                ResultQueries.optionalTime(row, "settled_at"));
    }

    private static @Nullable RecordPlace place(ResultSet row) throws SQLException {
        long offset = row.getLong("labeled_offset");
        return row.wasNull()
                ? null
                : new RecordPlace(Topic.SCAN_LABELED.topicName(), row.getInt("labeled_partition"), offset);
    }
}
