package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads embeddings, and the scans that readers have said something of.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class EmbeddingQueries {
    private static final int AT_ONCE = 500;

    private static final String NEWEST = "SELECT r.result_id, r.scan_id, r.study_uid, r.patient_ref, r.source_digest,"
            + " r.model_digest, e.value_bytes FROM result r LEFT JOIN embedding e ON e.result_id = r.result_id"
            + " WHERE r.scan_id = ? ORDER BY r.stored_at DESC, r.result_id DESC LIMIT 1";

    /** A scan's last published word counts, whichever model it was said of. */
    private static final String CONFIRMED =
            "SELECT r.result_id, r.scan_id, r.study_uid, r.patient_ref, r.source_digest,"
                    + " r.label AS model_label, r.probability, v.label, v.reviewed_at FROM review v"
                    + " JOIN result r ON r.scan_id = v.scan_id JOIN embedding e ON e.result_id = r.result_id"
                    + " WHERE v.state = 'PUBLISHED' AND v.label <> 'INDETERMINATE' AND e.model_digest = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM review later WHERE later.scan_id = v.scan_id AND later.state = 'PUBLISHED'"
                    + " AND later.review_number > v.review_number)"
                    + " ORDER BY v.review_number DESC, r.stored_at DESC, r.result_id DESC LIMIT ?";

    private static final String BYTES = "SELECT result_id, value_bytes FROM embedding WHERE result_id IN (%s)";

    private final Database database;

    public EmbeddingQueries(Database database) {
        this.database = database;
    }

    /** The scan's newest result; empty if it has none. */
    public Optional<EmbeddedResult> newestOf(String scanId) {
        return database.inTransaction("read an embedding from", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
                select.setString(1, scanId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(result(row)) : Optional.empty();
                }
            }
        });
    }

    /**
     * The scans last reviewed as positive or negative that have an embedding by these weights, each once.
     *
     * @param modelDigest of the weights
     * @param limit at most so many of the newest reviews
     */
    public List<ConfirmedCase> confirmed(String modelDigest, int limit) {
        return database.inTransaction("read confirmed cases from", connection -> {
            // Releases may share their weights, and a scan then has a result of each; the newest stands for all.
            var cases = new LinkedHashMap<String, ConfirmedCase>();
            try (PreparedStatement select = connection.prepareStatement(CONFIRMED)) {
                select.setString(1, modelDigest);
                select.setInt(2, limit);
                select.setFetchSize(AT_ONCE);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        cases.putIfAbsent(row.getString("scan_id"), confirmed(row));
                    }
                }
            }
            return List.copyOf(cases.values());
        });
    }

    /** The embeddings of these results, by result id. */
    public Map<String, StoredEmbedding> ofResults(List<String> resultIds) {
        return database.inTransaction("read embeddings from", connection -> {
            var found = new HashMap<String, StoredEmbedding>();
            for (int first = 0; first < resultIds.size(); first += AT_ONCE) {
                read(connection, resultIds.subList(first, Math.min(resultIds.size(), first + AT_ONCE)), found);
            }
            return found;
        });
    }

    private static void read(Connection connection, List<String> resultIds, Map<String, StoredEmbedding> found)
            throws SQLException {
        String places = String.join(", ", Collections.nCopies(resultIds.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement(BYTES.formatted(places))) {
            for (int i = 0; i < resultIds.size(); i++) {
                select.setString(i + 1, resultIds.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString("result_id"), new StoredEmbedding(row.getBytes("value_bytes")));
                }
            }
        }
    }

    private static EmbeddedResult result(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("value_bytes");
        return new EmbeddedResult(
                row.getString("result_id"),
                origin(row),
                row.getString("model_digest"),
                bytes == null ? null : new StoredEmbedding(bytes));
    }

    private static ConfirmedCase confirmed(ResultSet row) throws SQLException {
        return new ConfirmedCase(
                row.getString("result_id"),
                origin(row),
                row.getString("label"),
                row.getString("model_label"),
                row.getDouble("probability"),
                ResultQueries.time(row, "reviewed_at"));
    }

    private static ScanOrigin origin(ResultSet row) throws SQLException {
        return new ScanOrigin(
                row.getString("scan_id"),
                row.getString("study_uid"),
                row.getString("patient_ref"),
                row.getString("source_digest"));
    }
}
