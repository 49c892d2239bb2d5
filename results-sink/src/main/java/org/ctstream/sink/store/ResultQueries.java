package org.ctstream.sink.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored results.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ResultQueries {
    /** The columns of a {@link ResultRow}, of {@code result r} and {@code alert a}. */
    static final String COLUMNS = "r.result_id, r.scan_id, r.source, r.label, r.probability, r.threshold,"
            + " r.indeterminate_reason, r.model_name, r.model_version, r.model_digest, r.model_trained, r.engine,"
            + " r.device, r.worker, r.priority, r.study_uid, r.series_uid, r.instance_uid, r.received_at,"
            + " r.normalized_at, r.classified_at, r.stored_at, a.alerted_at";

    private static final String SELECT = "SELECT " + COLUMNS
            + " FROM result r LEFT JOIN alert a ON a.result_id = r.result_id AND a.published = TRUE";
    private static final String NEWEST_FIRST = " ORDER BY r.stored_at DESC, r.result_id DESC LIMIT ?";

    private final Database database;

    public ResultQueries(Database database) {
        this.database = database;
    }

    /** One page of results, newest first. */
    public ResultPage list(ResultFilter filter) {
        var where = new ArrayList<String>();
        var values = new ArrayList<Object>();
        if (filter.label() != null) {
            where.add("r.label = ?");
            values.add(filter.label().name());
        }
        if (filter.source() != null) {
            where.add("r.source = ?");
            values.add(filter.source());
        }
        Cursor after = filter.after();
        if (after != null) {
            where.add("(r.stored_at, r.result_id) < (?, ?)");
            values.add(after.storedAt());
            values.add(after.resultId());
        }
        String condition = where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
        // One more than asked for tells whether there is a next page.
        values.add(filter.limit() + 1);
        List<ResultRow> rows = query(SELECT + condition + NEWEST_FIRST, values);
        if (rows.size() <= filter.limit()) {
            return new ResultPage(rows, null);
        }
        ResultRow last = rows.get(filter.limit() - 1);
        return new ResultPage(rows.subList(0, filter.limit()), new Cursor(last.storedAt(), last.resultId()).text());
    }

    /** Every result of one scan, newest first, at most {@link ResultFilter#MAX_LIMIT}; empty if it has none. */
    public List<ResultRow> ofScan(String scanId) {
        return query(SELECT + " WHERE r.scan_id = ?" + NEWEST_FIRST, List.of(scanId, ResultFilter.MAX_LIMIT));
    }

    /** The same database for who counts all that is stored. */
    public StoredScans storedScans() {
        return new StoredScans(database);
    }

    private List<ResultRow> query(String sql, List<Object> values) {
        return database.inTransaction("read results from", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    Object value = values.get(i);
                    select.setObject(i + 1, value instanceof Instant time ? ResultTable.utc(time) : value);
                }
                var rows = new ArrayList<ResultRow>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(read(row));
                    }
                }
                return rows;
            }
        });
    }

    static ResultRow read(ResultSet row) throws SQLException {
        return new ResultRow(
                row.getString("result_id"),
                row.getString("scan_id"),
                row.getString("source"),
                row.getString("label"),
                row.getDouble("probability"),
                row.getDouble("threshold"),
                row.getString("indeterminate_reason"),
                row.getString("model_name"),
                row.getString("model_version"),
                row.getString("model_digest"),
                row.getBoolean("model_trained"),
                row.getString("engine"),
                row.getString("device"),
                row.getString("worker"),
                row.getString("priority"),
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("instance_uid"),
                time(row, "received_at"),
                time(row, "normalized_at"),
                time(row, "classified_at"),
                time(row, "stored_at"),
                optionalTime(row, "alerted_at"));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
