package org.ctstream.sink.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ctstream.schemas.avro.Label;

/**
 * Reads the newest results of each source, each question answered by an index and bounded in rows.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class DriftQueries {
    /** Most sources that are told of. */
    public static final int MOST_SOURCES = 50;

    private static final int SAMPLE = 20_000;

    private static final String SOURCES = "SELECT source FROM (SELECT source FROM result WHERE stored_at >= ?"
            + " ORDER BY stored_at DESC, result_id DESC LIMIT " + SAMPLE + ") newest"
            + " GROUP BY source ORDER BY COUNT(*) DESC, source LIMIT " + MOST_SOURCES;

    /** The index has the urgency before the time, so each of its two values is asked for by itself. */
    private static final String NEWEST = "SELECT model_name, model_version, model_digest, label, probability, stored_at"
            + " FROM result WHERE source = ? AND urgency = ? AND stored_at >= ? AND stored_at < ?"
            + " ORDER BY source DESC, urgency DESC, stored_at DESC, result_id DESC LIMIT ?";

    /** The newest are chosen before their weights are asked for: of a release that is new none may be there. */
    private static final String EMBEDDINGS = "SELECT e.value_bytes FROM (SELECT result_id FROM result WHERE source = ?"
            + " AND urgency = ? AND stored_at >= ? AND stored_at < ? AND label <> 'INDETERMINATE'"
            + " ORDER BY source DESC, urgency DESC, stored_at DESC, result_id DESC LIMIT ?) newest"
            + " JOIN embedding e ON e.result_id = newest.result_id WHERE e.model_digest = ?";

    private final Database database;

    public DriftQueries(Database database) {
        this.database = database;
    }

    /** Sources of the newest results from that time on, those with the most of them first. */
    public List<String> sources(Instant from) {
        return database.inTransaction("read the sources from", connection -> {
            var sources = new ArrayList<String>();
            try (PreparedStatement select = connection.prepareStatement(SOURCES)) {
                select.setObject(1, ResultTable.utc(from));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        sources.add(row.getString(1));
                    }
                }
            }
            return sources;
        });
    }

    /**
     * The newest results of a source.
     *
     * @param from inclusive
     * @param until exclusive
     * @return at most that many, the newest first
     */
    public List<ScoredResult> newest(String source, Instant from, Instant until, int most) {
        return database.inTransaction("read a source's results from", connection -> {
            var results = new ArrayList<ScoredResult>();
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                eachOfBothPriorities(select, source, from, until, most, row -> results.add(read(row)));
            }
            results.sort(Comparator.comparing(ScoredResult::storedAt).reversed());
            return List.copyOf(results.subList(0, Math.min(most, results.size())));
        });
    }

    /**
     * Embeddings, by these weights, of the newest results of a source with a finding.
     *
     * @param from inclusive
     * @param until exclusive
     * @param most results of either priority that are looked at
     */
    public List<byte[]> embeddings(String source, String digest, Instant from, Instant until, int most) {
        return database.inTransaction("read a source's embeddings from", connection -> {
            var embeddings = new ArrayList<byte[]>();
            try (PreparedStatement select = connection.prepareStatement(EMBEDDINGS)) {
                select.setString(6, digest);
                eachOfBothPriorities(select, source, from, until, most, row -> embeddings.add(row.getBytes(1)));
            }
            return embeddings;
        });
    }

    private static void eachOfBothPriorities(
            PreparedStatement select, String source, Instant from, Instant until, int most, RowReader reader)
            throws SQLException {
        for (int urgency = 0; urgency <= 1; urgency++) {
            select.setString(1, source);
            select.setInt(2, urgency);
            select.setObject(3, ResultTable.utc(from));
            select.setObject(4, ResultTable.utc(until));
            select.setInt(5, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
    }

    /** Takes one row. */
    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static ScoredResult read(ResultSet row) throws SQLException {
        return new ScoredResult(
                row.getString("model_name"),
                row.getString("model_version"),
                row.getString("model_digest"),
                Label.valueOf(row.getString("label")),
                row.getDouble("probability"),
                ResultQueries.time(row, "stored_at"));
    }
}
