package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.Priority;
import org.jspecify.annotations.Nullable;

/**
 * Rolls a study up from its stored results: row by row, so that a study of any size takes little memory, and always all of
 * them, so that what was stored twice or in any order comes to the same. For one thread.
 */
final class SliceRollup {
    /** Of a scan the newest first; results of one poll have one time, so that it is their worker's then. */
    private static final String SELECT = "SELECT scan_id, result_id, label, probability, priority, source, model_name,"
            + " model_version, model_trained, received_at FROM result WHERE study_uid = ?"
            + " ORDER BY scan_id, stored_at DESC, classified_at DESC, result_id DESC";

    private static final int FETCH = 1_000;

    private final SortedSet<String> models = new TreeSet<>();
    private final SortedSet<String> sources = new TreeSet<>();
    private int positive;
    private int negative;
    private int indeterminate;
    private double judgedSum;
    private double sum;
    private boolean trained = true;
    private Priority priority = Priority.ROUTINE;
    private @Nullable WorstSlice worst;
    private @Nullable Instant firstReceivedAt;

    private SliceRollup() {}

    /** Empty if no result of the study is stored. */
    static Optional<StudySummary> of(Connection connection, String studyUid) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setFetchSize(FETCH);
            select.setString(1, studyUid);
            var rollup = new SliceRollup();
            try (ResultSet row = select.executeQuery()) {
                @Nullable String before = null;
                while (row.next()) {
                    String scanId = row.getString("scan_id");
                    if (!scanId.equals(before)) {
                        rollup.add(row);
                    }
                    before = scanId;
                }
            }
            return rollup.summary();
        }
    }

    private void add(ResultSet row) throws SQLException {
        Label label = Label.valueOf(row.getString("label"));
        double probability = row.getDouble("probability");
        switch (label) {
            case POSITIVE -> positive++;
            case NEGATIVE -> negative++;
            case INDETERMINATE -> indeterminate++;
        }
        sum += probability;
        judgedSum += label == Label.INDETERMINATE ? 0 : probability;
        var slice = new WorstSlice(row.getString("scan_id"), row.getString("result_id"), label, probability);
        worst = worst == null || WorstSlice.WORST_FIRST.compare(slice, worst) < 0 ? slice : worst;
        trained &= row.getBoolean("model_trained");
        priority = row.getString("priority").equals(Priority.STAT.name()) ? Priority.STAT : priority;
        addBounded(models, row.getString("model_name") + ":" + row.getString("model_version"));
        addBounded(sources, row.getString("source"));
        Instant receivedAt = ResultQueries.time(row, "received_at");
        firstReceivedAt =
                firstReceivedAt == null || receivedAt.isBefore(firstReceivedAt) ? receivedAt : firstReceivedAt;
    }

    /** The first in order are kept, so that the order of the rows does not matter. */
    private static void addBounded(SortedSet<String> names, String name) {
        names.add(name);
        if (names.size() > StudySummary.MOST_NAMES) {
            names.remove(names.last());
        }
    }

    private Optional<StudySummary> summary() {
        if (worst == null || firstReceivedAt == null) {
            return Optional.empty();
        }
        var slices = new SliceCounts(positive, negative, indeterminate);
        int judged = positive + negative;
        return Optional.of(new StudySummary(
                slices,
                worst,
                judged > 0 ? judgedSum / judged : sum / slices.total(),
                trained,
                models.stream().toList(),
                sources.stream().toList(),
                priority,
                firstReceivedAt));
    }
}
