package org.ctstream.sink.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.StudyState;

/** Reads and writes the table {@code study_result}: the newest revision of each study. */
final class StudyResultTable {
    static final String COLUMNS = "study_uid, revision, state, complete, label, positive_slices, negative_slices,"
            + " indeterminate_slices, positive_slices_needed, worst_scan_id, worst_result_id, worst_label,"
            + " worst_probability, mean_probability, model_trained, models, sources, priority, first_received_at,"
            + " first_slice_at, last_slice_at, rolled_up_at";

    private static final List<String> CONTENT = List.of(COLUMNS.split(", ", -1));

    private static final String INSERT = "INSERT INTO study_result (" + COLUMNS
            + ", changes, published, tried_at) VALUES (" + "?, ".repeat(CONTENT.size())
            + "?, FALSE, ?) ON CONFLICT DO NOTHING";
    /** Only after the revision that this one follows, and only when that is on the topic. */
    private static final String REPLACE = "UPDATE study_result SET "
            + CONTENT.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
            + ", changes = ?, published = FALSE, tried_at = ?, published_partition = NULL, published_offset = NULL"
            + " WHERE study_uid = ? AND revision = ? AND published = TRUE";

    private static final String FIND =
            "SELECT " + COLUMNS + ", changes, published FROM study_result WHERE study_uid = ?";
    private static final String SEEN = "UPDATE study_result SET changes = ? WHERE study_uid = ? AND revision = ?";
    private static final String PENDING =
            "SELECT study_uid FROM study_result WHERE published = FALSE ORDER BY tried_at, study_uid LIMIT ?";
    private static final String LOCK = "SELECT " + COLUMNS + " FROM study_result WHERE study_uid = ?"
            + " AND published = FALSE FOR UPDATE SKIP LOCKED";
    private static final String PUBLISHED = "UPDATE study_result SET published = TRUE, published_partition = ?,"
            + " published_offset = ? WHERE study_uid = ? AND revision = ?";
    private static final String TRIED = "UPDATE study_result SET tried_at = ? WHERE study_uid = ? AND revision = ?";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StudyResultTable() {}

    /** A revision as it stands in the table, and what has become of it. */
    record Row(StudyRevision revision, long changes, boolean published) {
        StudyProgress.Said said() {
            return new StudyProgress.Said(
                    revision.revision(),
                    revision.state(),
                    revision.complete(),
                    revision.label(),
                    revision.summary().slices().total(),
                    revision.rolledUpAt(),
                    changes);
        }
    }

    static Optional<Row> find(Connection connection, String studyUid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, studyUid);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(read(row), row.getLong("changes"), row.getBoolean("published")))
                        : Optional.empty();
            }
        }
    }

    /** False if another sink was first. */
    static boolean keep(Connection connection, StudyRevision revision, long changes) throws SQLException {
        boolean first = revision.revision() == 1;
        try (PreparedStatement write = connection.prepareStatement(first ? INSERT : REPLACE)) {
            List<Object> values = values(revision);
            values.add(changes);
            values.add(at(revision.rolledUpAt()));
            if (!first) {
                values.add(revision.studyUid());
                values.add(revision.revision() - 1);
            }
            for (int i = 0; i < values.size(); i++) {
                write.setObject(i + 1, values.get(i));
            }
            return write.executeUpdate() == 1;
        }
    }

    /** Notes that the revision says what there is to say after those changes too. */
    static void seen(Connection connection, StudyRevision revision, long changes) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(SEEN)) {
            update.setLong(1, changes);
            update.setString(2, revision.studyUid());
            update.setInt(3, revision.revision());
            update.executeUpdate();
        }
    }

    /** Revisions not on the topic, those tried longest ago first, locked; without those that another sink has locked. */
    static List<StudyRevision> lockPending(Connection connection, int limit) throws SQLException {
        var studies = new ArrayList<String>();
        try (PreparedStatement select = connection.prepareStatement(PENDING)) {
            select.setInt(1, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    studies.add(row.getString(1));
                }
            }
        }
        var locked = new ArrayList<StudyRevision>();
        try (PreparedStatement select = connection.prepareStatement(LOCK)) {
            for (String study : studies) {
                select.setString(1, study);
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        locked.add(read(row));
                    }
                }
            }
        }
        return locked;
    }

    static void published(Connection connection, StudyRevision revision, RecordPlace place) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PUBLISHED)) {
            update.setInt(1, place.partition());
            update.setLong(2, place.offset());
            update.setString(3, revision.studyUid());
            update.setInt(4, revision.revision());
            update.executeUpdate();
        }
    }

    static void tried(Connection connection, StudyRevision revision, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TRIED)) {
            update.setObject(1, ResultTable.utc(now));
            update.setString(2, revision.studyUid());
            update.setInt(3, revision.revision());
            update.executeUpdate();
        }
    }

    static StudyRevision read(ResultSet row) throws SQLException {
        var summary = new StudySummary(
                new SliceCounts(
                        row.getInt("positive_slices"),
                        row.getInt("negative_slices"),
                        row.getInt("indeterminate_slices")),
                new WorstSlice(
                        row.getString("worst_scan_id"),
                        row.getString("worst_result_id"),
                        Label.valueOf(row.getString("worst_label")),
                        row.getDouble("worst_probability")),
                row.getDouble("mean_probability"),
                row.getBoolean("model_trained"),
                names(row.getString("models")),
                names(row.getString("sources")),
                Priority.valueOf(row.getString("priority")),
                ResultQueries.time(row, "first_received_at"));
        return new StudyRevision(
                row.getString("study_uid"),
                row.getInt("revision"),
                StudyState.valueOf(row.getString("state")),
                row.getBoolean("complete"),
                Label.valueOf(row.getString("label")),
                row.getInt("positive_slices_needed"),
                summary,
                ResultQueries.time(row, "first_slice_at"),
                ResultQueries.time(row, "last_slice_at"),
                ResultQueries.time(row, "rolled_up_at"));
    }

    /** In the order of {@link #COLUMNS}. */
    private static List<Object> values(StudyRevision revision) {
        StudySummary summary = revision.summary();
        return new ArrayList<>(List.of(
                revision.studyUid(),
                revision.revision(),
                revision.state().name(),
                revision.complete(),
                revision.label().name(),
                summary.slices().positive(),
                summary.slices().negative(),
                summary.slices().indeterminate(),
                revision.positiveSlicesNeeded(),
                summary.worst().scanId(),
                summary.worst().resultId(),
                summary.worst().label().name(),
                summary.worst().probability(),
                summary.meanProbability(),
                summary.modelTrained(),
                text(summary.models()),
                text(summary.sources()),
                summary.priority().name(),
                at(summary.firstReceivedAt()),
                at(revision.firstSliceAt()),
                at(revision.lastSliceAt()),
                at(revision.rolledUpAt())));
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static String text(List<String> names) {
        try {
            return MAPPER.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write names as JSON", e);
        }
    }

    private static List<String> names(String text) {
        try {
            return MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot read names that are no JSON array", e);
        }
    }
}
