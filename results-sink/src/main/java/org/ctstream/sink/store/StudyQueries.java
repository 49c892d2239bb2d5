package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads studies for people.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class StudyQueries {
    /** Most slices in one answer. */
    public static final int MAX_SLICES = 1_000;

    private static final String SELECT = "SELECT " + StudyResultTable.COLUMNS + ", published FROM study_result";

    private static final String SLICE_COLUMNS = "scan_id, result_id, label, probability, threshold,"
            + " indeterminate_reason, model_name, model_version, model_trained, source, priority, series_uid,"
            + " received_at, stored_at, reviewed_as";

    /** The newest of each scan, as {@link SliceRollup} takes it. */
    private static final String SLICES = "SELECT " + SLICE_COLUMNS + " FROM (SELECT " + SLICE_COLUMNS
            + ", ROW_NUMBER() OVER (PARTITION BY scan_id ORDER BY stored_at DESC, classified_at DESC, result_id DESC)"
            + " AS result_rank FROM result WHERE study_uid = ?) ranked WHERE %s ORDER BY received_at, scan_id LIMIT ?";

    private final Database database;

    public StudyQueries(Database database) {
        this.database = database;
    }

    /** One page. */
    public StudyPage list(StudyFilter filter) {
        // Columns that are one value anyway come first: H2 takes the rows as an index has them only if both begin
        // alike.
        String order = (filter.label() == null ? "" : "label DESC, ") + "first_slice_at DESC, study_uid DESC";
        Conditions conditions = conditions(filter);
        String where = conditions.sql().isEmpty() ? "" : " WHERE " + conditions.sql();
        List<StudyRow> rows = query(
                "read studies from",
                SELECT + where + " ORDER BY " + order + " LIMIT ?",
                conditions.values(),
                filter.limit() + 1, // One more than asked for tells whether there is a next page.
                row -> new StudyRow(StudyResultTable.read(row), row.getBoolean("published")));
        if (rows.size() <= filter.limit()) {
            return new StudyPage(rows, null);
        }
        StudyRevision last = rows.get(filter.limit() - 1).study();
        return new StudyPage(rows.subList(0, filter.limit()), new Cursor(last.firstSliceAt(), last.studyUid()).text());
    }

    /** Empty if there is no revision of that study yet. */
    public Optional<StudyRow> find(String studyUid) {
        return database.inTransaction(
                "read a study from",
                connection -> StudyResultTable.find(connection, studyUid)
                        .map(row -> new StudyRow(row.revision(), row.published())));
    }

    /**
     * Some of the study's slices, in the order in which they were received.
     *
     * @param after those behind this place: received then, and of that scan
     * @param limit 1 to {@link #MAX_SLICES}
     */
    public StudySlicePage slices(String studyUid, @Nullable Cursor after, int limit) {
        var conditions = new Conditions().with("result_rank = 1");
        if (after != null) {
            conditions.with("received_at >= ?", ResultTable.utc(after.storedAt()));
            conditions.with("(received_at > ? OR scan_id > ?)", ResultTable.utc(after.storedAt()), after.resultId());
        }
        var values = new ArrayList<Object>(List.of(studyUid));
        values.addAll(conditions.values());
        List<StudySlice> slices = query(
                "read a study's slices from",
                SLICES.formatted(conditions.sql()),
                values,
                limit + 1,
                StudyQueries::slice);
        if (slices.size() <= limit) {
            return new StudySlicePage(slices, null);
        }
        StudySlice last = slices.get(limit - 1);
        return new StudySlicePage(slices.subList(0, limit), new Cursor(last.receivedAt(), last.scanId()).text());
    }

    private static Conditions conditions(StudyFilter filter) {
        var conditions = new Conditions();
        conditions.withUnlessNull(
                "label = ?", filter.label() == null ? null : filter.label().name());
        conditions.withUnlessNull(
                "state = ?", filter.state() == null ? null : filter.state().name());
        Cursor after = filter.after();
        if (after != null) {
            // Not as one comparison of rows: H2 would not use the index for it.
            conditions.with("first_slice_at <= ?", ResultTable.utc(after.storedAt()));
            conditions.with(
                    "(first_slice_at < ? OR study_uid < ?)", ResultTable.utc(after.storedAt()), after.resultId());
        }
        return conditions;
    }

    private <T> List<T> query(String what, String sql, List<Object> values, int limit, RowReader<T> reader) {
        return database.inTransaction(what, connection -> read(connection, sql, values, limit, reader));
    }

    private static <T> List<T> read(
            Connection connection, String sql, List<Object> values, int limit, RowReader<T> reader)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            select.setInt(values.size() + 1, limit);
            var rows = new ArrayList<T>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        }
    }

    private static StudySlice slice(ResultSet row) throws SQLException {
        return new StudySlice(
                row.getString("scan_id"),
                row.getString("result_id"),
                row.getString("label"),
                row.getDouble("probability"),
                row.getDouble("threshold"),
                row.getString("indeterminate_reason"),
                row.getString("model_name"),
                row.getString("model_version"),
                row.getBoolean("model_trained"),
                row.getString("source"),
                row.getString("priority"),
                row.getString("series_uid"),
                ResultQueries.time(row, "received_at"),
                ResultQueries.time(row, "stored_at"),
                row.getString("reviewed_as"));
    }

    /** Makes an object of the row in hand. */
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
