package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes the table {@code dead_letter}: where each rejected record stood and why, and nothing of its content. */
final class DeadLetterTable {
    private static final String INSERT = "INSERT INTO dead_letter"
            + " (origin_topic, origin_partition, origin_offset, reason, dead_lettered_at)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private DeadLetterTable() {}

    static void insert(Connection connection, List<Rejected> rejected, Instant now) throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Rejected letter : rejected) {
                insert.setString(1, letter.source().topic());
                insert.setInt(2, letter.source().partition());
                insert.setLong(3, letter.source().offset());
                insert.setString(4, letter.reason().reason());
                insert.setObject(5, ResultTable.utc(now));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
