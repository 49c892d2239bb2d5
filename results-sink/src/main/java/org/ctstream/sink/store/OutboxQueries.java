package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the outbox to people, and sends deliveries once more for them.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class OutboxQueries {
    private static final String COUNTS = "SELECT e.name, e.enabled,"
            + count("PENDING", "pending")
            + ", (SELECT MIN(d.alerted_at) FROM alert_delivery d WHERE d.endpoint = e.name AND d.state = 'PENDING')"
            + " AS oldest_pending,"
            + count("DEAD", "dead") + "," + count("SUPPRESSED", "suppressed")
            + " FROM alert_endpoint e ORDER BY e.name";
    private static final String LIST = "SELECT d.alert_id, r.scan_id, d.endpoint, d.state, d.alerted_at, d.attempts,"
            + " d.next_attempt_at, d.last_attempt_at, d.reason, d.suppressed_by, d.replays"
            + " FROM alert_delivery d JOIN result r ON r.result_id = d.alert_id WHERE ";
    private static final String OLDEST_FIRST = " ORDER BY d.sequence LIMIT ?";
    private static final String REPLAY = "UPDATE alert_delivery SET state = 'PENDING', attempts = 0,"
            + " replays = replays + 1, next_attempt_at = ? WHERE alert_id = ? AND endpoint = ? AND state = ?";

    private final Database database;

    public OutboxQueries(Database database) {
        this.database = database;
    }

    /** Every endpoint that has ever been configured, by name. */
    public List<EndpointCounts> counts() {
        return database.inTransaction("count deliveries in", connection -> {
            try (PreparedStatement select = connection.prepareStatement(COUNTS);
                    ResultSet row = select.executeQuery()) {
                var counts = new ArrayList<EndpointCounts>();
                while (row.next()) {
                    counts.add(new EndpointCounts(
                            row.getString("name"),
                            row.getBoolean("enabled"),
                            row.getLong("pending"),
                            ResultQueries.optionalTime(row, "oldest_pending"),
                            row.getLong("dead"),
                            row.getLong("suppressed")));
                }
                return counts;
            }
        });
    }

    /** Those deliveries, the oldest alert first. */
    public List<DeliveryRow> list(DeliveryFilter filter) {
        return database.inTransaction("read deliveries from", connection -> select(connection, filter));
    }

    /**
     * Makes those deliveries pending once more, at once and with all their attempts before them. The endpoint gets them
     * under the ids they had.
     *
     * @return what was done
     */
    public List<DeliveryRow> replay(DeliveryFilter filter, Instant now) {
        return database.inTransaction("replay deliveries in", connection -> {
            List<DeliveryRow> chosen = select(connection, filter);
            var replayed = new ArrayList<DeliveryRow>();
            try (PreparedStatement update = connection.prepareStatement(REPLAY)) {
                for (DeliveryRow row : chosen) {
                    update.setObject(1, ResultTable.utc(now));
                    update.setString(2, row.alertId());
                    update.setString(3, row.endpoint());
                    update.setString(4, filter.state().name());
                    if (update.executeUpdate() == 1) {
                        replayed.add(row);
                    }
                }
            }
            return replayed;
        });
    }

    private static List<DeliveryRow> select(Connection connection, DeliveryFilter filter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIST + filter.condition() + OLDEST_FIRST)) {
            List<Object> values = filter.values();
            values.add(filter.limit());
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                select.setObject(i + 1, value instanceof Instant time ? ResultTable.utc(time) : value);
            }
            var rows = new ArrayList<DeliveryRow>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new DeliveryRow(
                            row.getString("alert_id"),
                            row.getString("scan_id"),
                            row.getString("endpoint"),
                            row.getString("state"),
                            ResultQueries.time(row, "alerted_at"),
                            row.getInt("attempts"),
                            ResultQueries.time(row, "next_attempt_at"),
                            ResultQueries.optionalTime(row, "last_attempt_at"),
                            row.getString("reason"),
                            row.getString("suppressed_by"),
                            row.getInt("replays")));
                }
            }
            return rows;
        }
    }

    private static String count(String state, String name) {
        return " (SELECT COUNT(*) FROM alert_delivery d WHERE d.endpoint = e.name AND d.state = '" + state + "') AS "
                + name;
    }
}
