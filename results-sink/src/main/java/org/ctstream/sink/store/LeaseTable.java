package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Reads and writes the table {@code alert_lease}. The database's clock decides, so that those of the sinks need not agree. */
final class LeaseTable {
    private static final String INSERT =
            "INSERT INTO alert_lease (endpoint, leased_by, leased_until)" + " VALUES (?, '', ?) ON CONFLICT DO NOTHING";
    private static final String SELECT = "SELECT leased_by, leased_until, CURRENT_TIMESTAMP AS db_now FROM alert_lease"
            + " WHERE endpoint = ? FOR UPDATE SKIP LOCKED";
    private static final String TAKE = "UPDATE alert_lease SET leased_by = ?, leased_until = ? WHERE endpoint = ?";
    private static final String RELEASE =
            "UPDATE alert_lease SET leased_by = '', leased_until = ? WHERE endpoint = ? AND leased_by = ?";

    private LeaseTable() {}

    static void create(Connection connection, String endpoint) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, endpoint);
            insert.setObject(2, ResultTable.utc(Instant.EPOCH));
            insert.executeUpdate();
        }
    }

    /** True if the owner has the lease; more than half of its length is then left. */
    static boolean hold(Connection connection, String endpoint, String owner, Duration length) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, endpoint);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                Instant now = ResultQueries.time(row, "db_now");
                Instant until = ResultQueries.time(row, "leased_until");
                boolean mine = row.getString("leased_by").equals(owner);
                if (!mine && until.isAfter(now)) {
                    return false;
                }
                if (!mine || until.isBefore(now.plus(length.dividedBy(2)))) {
                    take(connection, endpoint, owner, now.plus(length));
                }
                return true;
            }
        }
    }

    static void release(Connection connection, String endpoint, String owner) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RELEASE)) {
            update.setObject(1, ResultTable.utc(Instant.EPOCH));
            update.setString(2, endpoint);
            update.setString(3, owner);
            update.executeUpdate();
        }
    }

    private static void take(Connection connection, String endpoint, String owner, Instant until) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TAKE)) {
            update.setString(1, owner);
            update.setObject(2, ResultTable.utc(until));
            update.setString(3, endpoint);
            update.executeUpdate();
        }
    }
}
