package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code study}. */
final class StudyTable {
    private static final String UPDATE = "UPDATE study SET last_slice_at = ?, changes = changes + 1,"
            + " positive_changes = CASE WHEN CAST(? AS BOOLEAN) THEN changes + 1 ELSE positive_changes END,"
            + " due_at = CASE WHEN due_at IS NULL OR (watched AND CAST(? AS BOOLEAN))"
            + " THEN CAST(? AS TIMESTAMP WITH TIME ZONE) ELSE due_at END WHERE study_uid = ?";
    private static final String INSERT = "INSERT INTO study"
            + " (study_uid, first_slice_at, last_slice_at, changes, positive_changes, watched, due_at)"
            + " VALUES (?, ?, ?, 1, ?, TRUE, ?) ON CONFLICT DO NOTHING";
    private static final String SELECT =
            "SELECT first_slice_at, last_slice_at, changes, positive_changes FROM study" + " WHERE study_uid = ?";
    private static final String DUE =
            "SELECT study_uid FROM study WHERE due_at <= ? ORDER BY due_at, study_uid LIMIT ?";
    private static final String TAKE_UP = "UPDATE study SET due_at = ? WHERE study_uid = ? AND due_at <= ?";
    private static final String DUE_AGAIN = "UPDATE study SET watched = ?, due_at = CASE WHEN changes = ?"
            + " THEN CAST(? AS TIMESTAMP WITH TIME ZONE) ELSE CAST(? AS TIMESTAMP WITH TIME ZONE) END"
            + " WHERE study_uid = ?";
    private static final String DUE_NOW = "UPDATE study SET due_at = ? WHERE study_uid = ?";

    private StudyTable() {}

    /**
     * Notes that a poll has brought results of these studies: one row each, however many results. Nothing is counted, for
     * studies are rolled up from the results themselves.
     */
    static void mark(Connection connection, List<Classified> added, Instant now) throws SQLException {
        // Always in the same order, so that two sinks never wait for each other's rows.
        var studies = new TreeMap<String, Boolean>();
        for (Classified result : added) {
            String study = result.value().getStudyUid();
            if (study != null) {
                studies.merge(study, result.isPositive(), Boolean::logicalOr);
            }
        }
        var missing = update(connection, studies, now);
        if (!missing.isEmpty()) {
            // What is not inserted then is what another sink has inserted meanwhile.
            update(connection, insert(connection, missing, now), now);
        }
    }

    static Optional<StudyProgress> select(Connection connection, String studyUid, StudyProgress.@Nullable Said said)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, studyUid);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new StudyProgress(
                                studyUid,
                                ResultQueries.time(row, "first_slice_at"),
                                ResultQueries.time(row, "last_slice_at"),
                                row.getLong("changes"),
                                row.getLong("positive_changes"),
                                said))
                        : Optional.empty();
            }
        }
    }

    /** Studies that are due, the longest due first; until then nobody else takes them up, unless results come. */
    static List<String> takeUp(Connection connection, Instant now, Instant until, int limit) throws SQLException {
        var due = new ArrayList<String>();
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            select.setObject(1, ResultTable.utc(now));
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(row.getString(1));
                }
            }
        }
        var taken = new ArrayList<String>();
        try (PreparedStatement update = connection.prepareStatement(TAKE_UP)) {
            for (String study : due.stream().sorted().toList()) {
                update.setObject(1, ResultTable.utc(until));
                update.setString(2, study);
                update.setObject(3, ResultTable.utc(now));
                if (update.executeUpdate() == 1) {
                    taken.add(study);
                }
            }
        }
        return taken;
    }

    /**
     * Sets when to look again; at once if results have come since {@code changes}.
     *
     * @param dueAt null for not before a result comes
     */
    static void dueAgain(
            Connection connection, String studyUid, long changes, @Nullable Instant dueAt, boolean watched, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(DUE_AGAIN)) {
            update.setBoolean(1, watched);
            update.setLong(2, changes);
            update.setObject(3, ResultTable.utc(dueAt));
            update.setObject(4, ResultTable.utc(now));
            update.setString(5, studyUid);
            update.executeUpdate();
        }
    }

    static void dueNow(Connection connection, List<String> studies, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(DUE_NOW)) {
            for (String study : studies.stream().sorted().toList()) {
                update.setObject(1, ResultTable.utc(now));
                update.setString(2, study);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Returns those that have no row. */
    private static SortedMap<String, Boolean> update(
            Connection connection, SortedMap<String, Boolean> studies, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (Map.Entry<String, Boolean> study : studies.entrySet()) {
                update.setObject(1, ResultTable.utc(now));
                update.setBoolean(2, study.getValue());
                update.setBoolean(3, study.getValue());
                update.setObject(4, ResultTable.utc(now));
                update.setString(5, study.getKey());
                update.addBatch();
            }
            return unchanged(update, studies);
        }
    }

    /** Returns those that have one. */
    private static SortedMap<String, Boolean> insert(
            Connection connection, SortedMap<String, Boolean> studies, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<String, Boolean> study : studies.entrySet()) {
                insert.setString(1, study.getKey());
                insert.setObject(2, ResultTable.utc(now));
                insert.setObject(3, ResultTable.utc(now));
                insert.setLong(4, study.getValue() ? 1 : 0);
                insert.setObject(5, ResultTable.utc(now));
                insert.addBatch();
            }
            return unchanged(insert, studies);
        }
    }

    private static SortedMap<String, Boolean> unchanged(PreparedStatement batch, SortedMap<String, Boolean> studies)
            throws SQLException {
        var unchanged = new TreeMap<String, Boolean>();
        int[] rows = studies.isEmpty() ? new int[0] : batch.executeBatch();
        int i = 0;
        for (Map.Entry<String, Boolean> study : studies.entrySet()) {
            if (rows[i++] == 0) {
                unchanged.put(study.getKey(), study.getValue());
            }
        }
        return unchanged;
    }
}
