package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.service.error.StageException;

/**
 * The alerts that have to be delivered beyond Kafka. Their rows are written where results are stored; here they are
 * taken up and settled.
 *
 * <p>Every method throws a {@link StageException} if the database is away or refuses.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; several sinks may share one database.
 */
public final class Outbox {
    private static final String DUE =
            "SELECT d.endpoint, d.attempts, r.result_id, r.scan_id, r.study_uid, r.series_uid,"
                    + " r.instance_uid, r.patient_ref, r.source, r.priority, r.probability, r.threshold, r.model_name,"
                    + " r.model_version, r.model_digest, r.model_trained, r.acquired_at, r.received_at, r.classified_at,"
                    + " a.alerted_at FROM alert_delivery d"
                    + " JOIN alert a ON a.result_id = d.alert_id JOIN result r ON r.result_id = d.alert_id"
                    + " WHERE d.endpoint = ? AND d.state = 'PENDING' AND d.next_attempt_at <= ?"
                    + " ORDER BY d.next_attempt_at, d.sequence LIMIT ?";
    /** Only what is still as it was taken up: a sink that slept through the end of its lease must not undo anything. */
    private static final String SETTLE = "UPDATE alert_delivery SET state = ?, attempts = attempts + 1, reason = ?,"
            + " next_attempt_at = ?, last_attempt_at = ?"
            + " WHERE alert_id = ? AND endpoint = ? AND state = 'PENDING' AND attempts = ?";

    private static final String DEPTH = "SELECT e.enabled,"
            + " (SELECT COUNT(*) FROM alert_delivery d WHERE d.endpoint = e.name AND d.state = 'PENDING') AS pending,"
            + " (SELECT MIN(d.alerted_at) FROM alert_delivery d WHERE d.endpoint = e.name AND d.state = 'PENDING')"
            + " AS oldest,"
            + " (SELECT COUNT(*) FROM alert_delivery d WHERE d.endpoint = e.name AND d.state = 'DEAD') AS dead"
            + " FROM alert_endpoint e WHERE e.name = ?";
    private static final String DISABLE = "UPDATE alert_endpoint SET enabled = FALSE WHERE enabled = TRUE AND name = ?";
    private static final String NAMES = "SELECT name FROM alert_endpoint WHERE enabled = TRUE ORDER BY name";
    private static final String UPDATE =
            "UPDATE alert_endpoint SET enabled = TRUE, suppress_study_minutes = ? WHERE name = ?";
    private static final String INSERT = "INSERT INTO alert_endpoint (name, enabled, suppress_study_minutes)"
            + " VALUES (?, TRUE, ?) ON CONFLICT DO NOTHING";

    private final Database database;

    public Outbox(Database database) {
        this.database = database;
    }

    /**
     * Makes these the endpoints that alerts are delivered to from now on, for all sinks of this database.
     *
     * @param suppressStudyMinutes 0 for none
     * @return those that were endpoints until now and are no longer; what waits for them stays
     */
    public List<String> configure(List<String> endpoints, int suppressStudyMinutes) {
        return database.inTransaction("register the endpoints of alerts in", connection -> {
            var removed = new ArrayList<>(names(connection));
            removed.removeAll(endpoints);
            try (PreparedStatement disable = connection.prepareStatement(DISABLE)) {
                for (String name : removed) {
                    disable.setString(1, name);
                    disable.executeUpdate();
                }
            }
            for (String name : endpoints.stream().sorted().toList()) {
                enable(connection, name, suppressStudyMinutes);
                LeaseTable.create(connection, name);
            }
            return List.copyOf(removed);
        });
    }

    /** The leases on endpoints. */
    public Leases leases() {
        return new Leases(database);
    }

    /** What is to be delivered to the endpoint by now: in the order of the times it is due, then of storing. */
    public List<DueDelivery> due(String endpoint, Instant now, int limit) {
        return database.inTransaction("read due deliveries from", connection -> {
            try (PreparedStatement select = connection.prepareStatement(DUE)) {
                select.setString(1, endpoint);
                select.setObject(2, ResultTable.utc(now));
                select.setInt(3, limit);
                var due = new ArrayList<DueDelivery>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        due.add(new DueDelivery(row.getString("endpoint"), alert(row), row.getInt("attempts")));
                    }
                }
                return due;
            }
        });
    }

    /** What waits for the endpoint. */
    public OutboxDepth depth(String endpoint) {
        return database.inTransaction("count due deliveries in", connection -> {
            try (PreparedStatement select = connection.prepareStatement(DEPTH)) {
                select.setString(1, endpoint);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? new OutboxDepth(
                                    row.getBoolean("enabled"),
                                    row.getLong("pending"),
                                    ResultQueries.optionalTime(row, "oldest"),
                                    row.getLong("dead"))
                            : new OutboxDepth(false, 0, null, 0);
                }
            }
        });
    }

    /** Notes what an attempt came to. */
    public void settle(DueDelivery delivery, DeliveryOutcome outcome, Instant attemptedAt) {
        database.inTransaction("note a delivery in", connection -> {
            try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
                update.setString(1, outcome.state().name());
                update.setString(2, outcome.reason());
                update.setObject(3, ResultTable.utc(outcome.at()));
                update.setObject(4, ResultTable.utc(attemptedAt));
                update.setString(5, delivery.alert().alertId());
                update.setString(6, delivery.endpoint());
                update.setInt(7, delivery.attempts());
                return update.executeUpdate();
            }
        });
    }

    private static void enable(Connection connection, String name, int suppressStudyMinutes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            insert.setString(1, name);
            insert.setInt(2, suppressStudyMinutes);
            insert.executeUpdate();
            update.setInt(1, suppressStudyMinutes);
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (PreparedStatement select = connection.prepareStatement(NAMES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static AlertedScan alert(ResultSet row) throws SQLException {
        return new AlertedScan(
                row.getString("result_id"),
                row.getString("scan_id"),
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("instance_uid"),
                row.getString("patient_ref"),
                row.getString("source"),
                row.getString("priority"),
                row.getDouble("probability"),
                row.getDouble("threshold"),
                row.getString("model_name"),
                row.getString("model_version"),
                row.getString("model_digest"),
                row.getBoolean("model_trained"),
                ResultQueries.optionalTime(row, "acquired_at"),
                ResultQueries.time(row, "received_at"),
                ResultQueries.time(row, "classified_at"),
                ResultQueries.time(row, "alerted_at"));
    }
}
