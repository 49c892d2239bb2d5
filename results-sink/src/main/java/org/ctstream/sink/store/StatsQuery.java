package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.schemas.avro.Label;
import org.jspecify.annotations.Nullable;

/**
 * Counts the stored results.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class StatsQuery {
    /** Latency is that of the newest results: what it was last month says nothing of now. */
    private static final int LATENCY_SAMPLE = 1_000;

    private static final Duration RATE_WINDOW = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;

    public StatsQuery(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Stats count() {
        return database.inTransaction("count results in", this::count);
    }

    private Stats count(Connection connection) throws SQLException {
        // All numbers of one moment, so that they add up while results come in. The pool sets this back.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        var groups = new Groups();
        groups.read(connection);
        return new Stats(
                groups.stored,
                number(connection, "SELECT COUNT(DISTINCT scan_id) FROM result"),
                groups.byLabel,
                number(connection, "SELECT COUNT(*) FROM alert WHERE published = TRUE"),
                number(connection, "SELECT COALESCE(SUM(redelivered), 0) FROM consumed_offset"),
                number(connection, "SELECT COUNT(*) FROM dead_letter"),
                latency(connection),
                groups.oldest,
                groups.newest,
                List.copyOf(groups.models.values()),
                rate(connection));
    }

    private double rate(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM result WHERE stored_at > ?")) {
            select.setObject(1, ResultTable.utc(clock.instant().minus(RATE_WINDOW)));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) / (double) RATE_WINDOW.toSeconds();
            }
        }
    }

    private static Stats.@Nullable Latency latency(Connection connection) throws SQLException {
        var millis = new ArrayList<Long>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT received_at, stored_at FROM result ORDER BY stored_at DESC, result_id DESC LIMIT ?")) {
            select.setInt(1, LATENCY_SAMPLE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    millis.add(Duration.between(
                                    ResultQueries.time(row, "received_at"), ResultQueries.time(row, "stored_at"))
                            .toMillis());
                }
            }
        }
        millis.sort(null);
        return millis.isEmpty() ? null : new Stats.Latency(rank(millis, 0.50), rank(millis, 0.95), rank(millis, 0.99));
    }

    private static double rank(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What one scan of the table tells: by model and label together, added up here. */
    private static final class Groups {
        private static final String SELECT = "SELECT model_name, model_version, model_trained, label,"
                + " COUNT(*) AS results, MIN(stored_at) AS oldest, MAX(stored_at) AS newest FROM result"
                + " GROUP BY model_name, model_version, model_trained, label ORDER BY MAX(stored_at) DESC";

        private final Map<String, Long> byLabel = new LinkedHashMap<>();
        private final Map<List<Object>, Stats.Model> models = new LinkedHashMap<>();
        private long stored;
        private @Nullable Instant oldest;
        private @Nullable Instant newest;

        void read(Connection connection) throws SQLException {
            for (Label label : Label.values()) {
                byLabel.put(label.name(), 0L);
            }
            try (PreparedStatement select = connection.prepareStatement(SELECT);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    add(row);
                }
            }
        }

        private void add(ResultSet row) throws SQLException {
            long count = row.getLong("results");
            stored += count;
            byLabel.merge(row.getString("label"), count, Long::sum);
            String name = row.getString("model_name");
            String version = row.getString("model_version");
            boolean trained = row.getBoolean("model_trained");
            models.merge(
                    List.of(name, version, trained),
                    new Stats.Model(name, version, trained, count),
                    (a, b) -> new Stats.Model(name, version, trained, a.count() + b.count()));
            Instant first = ResultQueries.time(row, "oldest");
            Instant last = ResultQueries.time(row, "newest");
            oldest = oldest == null || first.isBefore(oldest) ? first : oldest;
            newest = newest == null || last.isAfter(newest) ? last : newest;
        }
    }
}
