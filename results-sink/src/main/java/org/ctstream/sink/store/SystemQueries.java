package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells from the newest results how the stream runs.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class SystemQueries {
    /** How far back the counts per minute go. */
    public static final int MINUTES = 30;

    private static final int SAMPLE = 2_000;
    private static final int SECONDS = 60;

    private static final String PER_MINUTE = "SELECT FLOOR(EXTRACT(EPOCH FROM stored_at) / 60) AS stored_minute,"
            + " COUNT(*) AS results FROM result WHERE stored_at >= ? GROUP BY FLOOR(EXTRACT(EPOCH FROM stored_at) / 60)";
    private static final String NEWEST = "SELECT worker, engine, device, model_name, model_version, model_trained,"
            + " received_at, normalized_at, classified_at, stored_at"
            + " FROM result ORDER BY stored_at DESC, result_id DESC LIMIT " + SAMPLE;

    private final Database database;
    private final Clock clock;

    public SystemQueries(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public StreamStats stats() {
        return database.inTransaction("read the stream's figures from", connection -> {
            var sample = new Sampled();
            try (PreparedStatement select = connection.prepareStatement(NEWEST);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sample.add(row);
                }
            }
            return new StreamStats(minutes(connection), sample.stages(), sample.size(), sample.workers());
        });
    }

    private List<Integer> minutes(Connection connection) throws SQLException {
        long last = clock.instant().getEpochSecond() / SECONDS;
        long first = last - MINUTES + 1;
        var counts = new ArrayList<>(Collections.nCopies(MINUTES, 0));
        try (PreparedStatement select = connection.prepareStatement(PER_MINUTE)) {
            select.setObject(1, ResultTable.utc(Instant.ofEpochSecond(first * SECONDS)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long minute = row.getLong("stored_minute");
                    if (minute >= first && minute <= last) {
                        counts.set((int) (minute - first), row.getInt("results"));
                    }
                }
            }
        }
        return counts;
    }

    /** The newest results. */
    private static final class Sampled {
        private final Map<List<Object>, StreamStats.WorkerSeen> workers = new LinkedHashMap<>();
        private final List<Long> ingest = new ArrayList<>();
        private final List<Long> inference = new ArrayList<>();
        private final List<Long> sink = new ArrayList<>();
        private final List<Long> all = new ArrayList<>();

        void add(ResultSet row) throws SQLException {
            Instant received = ResultQueries.time(row, "received_at");
            Instant normalized = ResultQueries.time(row, "normalized_at");
            Instant classified = ResultQueries.time(row, "classified_at");
            Instant stored = ResultQueries.time(row, "stored_at");
            ingest.add(Duration.between(received, normalized).toMillis());
            inference.add(Duration.between(normalized, classified).toMillis());
            sink.add(Duration.between(classified, stored).toMillis());
            all.add(Duration.between(received, stored).toMillis());
            var seen = new StreamStats.WorkerSeen(
                    row.getString("worker"),
                    row.getString("engine"),
                    row.getString("device"),
                    row.getString("model_name"),
                    row.getString("model_version"),
                    row.getBoolean("model_trained"),
                    1,
                    classified);
            workers.merge(
                    List.of(seen.worker(), seen.engine(), seen.device(), seen.modelName(), seen.modelVersion()),
                    seen,
                    Sampled::together);
        }

        int size() {
            return all.size();
        }

        List<StreamStats.StageTime> stages() {
            return all.isEmpty()
                    ? List.of()
                    : List.of(
                            stage("ingest", ingest),
                            stage("inference", inference),
                            stage("sink", sink),
                            stage("all", all));
        }

        List<StreamStats.WorkerSeen> workers() {
            return workers.values().stream()
                    .sorted(Comparator.comparing(StreamStats.WorkerSeen::worker))
                    .toList();
        }

        private static StreamStats.WorkerSeen together(StreamStats.WorkerSeen a, StreamStats.WorkerSeen b) {
            Instant last =
                    a.lastAt() != null && b.lastAt() != null && a.lastAt().isBefore(b.lastAt())
                            ? b.lastAt()
                            : a.lastAt();
            return new StreamStats.WorkerSeen(
                    a.worker(),
                    a.engine(),
                    a.device(),
                    a.modelName(),
                    a.modelVersion(),
                    a.modelTrained(),
                    a.results() + b.results(),
                    last);
        }

        private static StreamStats.StageTime stage(String name, List<Long> millis) {
            var sorted = new ArrayList<>(millis);
            sorted.sort(null);
            return new StreamStats.StageTime(name, rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 0.99));
        }

        private static double rank(List<Long> sorted, double share) {
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }
    }
}
