package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ctstream.schemas.avro.Label;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Takes studies from one revision to the next. A revision is kept first, with its content; then it is published; and the
 * next one is kept only when it is. So whoever publishes it, and however often, says the same, and revisions stand on the
 * topic in their order.
 *
 * <p>Every method throws a {@link StageException} if the database is away or refuses. No row of {@code study} is locked
 * while results are read or records are sent, so that storing results never waits for that.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; several sinks may share one database.
 */
public final class StudyStore {
    /** What is taken up and left, because the process ended, is taken up again by then. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(30);

    /** How soon to look again at a study whose revision has yet to be published. */
    private static final Duration RECHECK = Duration.ofSeconds(2);

    private static final String DEPTH = "SELECT (SELECT COUNT(*) FROM study WHERE due_at IS NOT NULL) AS open_studies,"
            + " (SELECT COUNT(*) FROM study_result WHERE published = FALSE) AS pending,"
            + " (SELECT MIN(rolled_up_at) FROM study_result WHERE published = FALSE) AS oldest";

    private final Database database;

    public StudyStore(Database database) {
        this.database = database;
    }

    /** Takes up studies that are due, at most that many; no other sink does for a while. */
    public List<String> takeUp(Instant now, int limit) {
        return database.inTransaction(
                "take up studies in", connection -> StudyTable.takeUp(connection, now, now.plus(TAKEN_UP), limit));
    }

    /**
     * Does what the rule says of a study, and keeps its next revision if that is it. A revision that would say what the one
     * before says is none.
     *
     * @return true if there is a revision to publish that was not there before
     */
    public boolean advance(String studyUid, Instant now, Function<StudyProgress, StudyStep> rule) {
        return database.inTransaction("roll up a study in", connection -> {
            Optional<StudyResultTable.Row> before = StudyResultTable.find(connection, studyUid);
            Optional<StudyProgress> progress = StudyTable.select(
                    connection, studyUid, before.map(StudyResultTable.Row::said).orElse(null));
            if (progress.isEmpty()) {
                return false;
            }
            boolean unpublished = before.isPresent() && !before.get().published();
            StudyStep step = unpublished ? new StudyStep.Wait(now.plus(RECHECK)) : rule.apply(progress.get());
            if (step instanceof StudyStep.Keep keep) {
                return keep(connection, progress.get(), before.orElse(null), keep, now);
            }
            Instant dueAt = step instanceof StudyStep.Wait wait ? wait.until() : null;
            StudyTable.dueAgain(
                    connection, studyUid, progress.get().changes(), dueAt, isWatched(before.orElse(null)), now);
            return false;
        });
    }

    /**
     * Publishes revisions that are kept and not on the topic, while no other sink can.
     *
     * @param sending sends them and says where each stands that Kafka has acknowledged, by study; those it leaves out stay
     * @return those it has published, in the order given to {@code sending}
     */
    public List<StudyRevision> publish(
            Instant now, int limit, Function<List<StudyRevision>, Map<String, RecordPlace>> sending) {
        return database.inTransaction("publish studies of", connection -> {
            List<StudyRevision> pending = StudyResultTable.lockPending(connection, limit);
            if (pending.isEmpty()) {
                return List.of();
            }
            Map<String, RecordPlace> places = sending.apply(pending);
            var published = new ArrayList<StudyRevision>();
            for (StudyRevision revision : pending) {
                RecordPlace place = places.get(revision.studyUid());
                if (place == null) {
                    StudyResultTable.tried(connection, revision, now);
                } else {
                    StudyResultTable.published(connection, revision, place);
                    published.add(revision);
                }
            }
            StudyTable.dueNow(
                    connection, published.stream().map(StudyRevision::studyUid).toList(), now);
            return published;
        });
    }

    /** What is under way. */
    public StudyDepth depth() {
        return database.inTransaction("count studies in", connection -> {
            try (PreparedStatement select = connection.prepareStatement(DEPTH);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new StudyDepth(
                        row.getLong("open_studies"), row.getLong("pending"), ResultQueries.optionalTime(row, "oldest"));
            }
        });
    }

    private static boolean keep(
            Connection connection,
            StudyProgress progress,
            StudyResultTable.@Nullable Row before,
            StudyStep.Keep keep,
            Instant now)
            throws SQLException {
        Optional<StudySummary> rolledUp = SliceRollup.of(connection, progress.studyUid());
        if (rolledUp.isEmpty()) {
            StudyTable.dueAgain(connection, progress.studyUid(), progress.changes(), null, true, now);
            return false;
        }
        StudyRevision next = next(progress, before, keep, rolledUp.get(), now);
        if (before != null && saysTheSame(before.revision(), next)) {
            StudyResultTable.seen(connection, before.revision(), progress.changes());
            StudyTable.dueAgain(connection, progress.studyUid(), progress.changes(), now, isWatched(before), now);
            return false;
        }
        if (!StudyResultTable.keep(connection, next, progress.changes())) {
            return false;
        }
        StudyTable.dueAgain(
                connection,
                progress.studyUid(),
                progress.changes(),
                now.plus(RECHECK),
                next.label() != Label.POSITIVE,
                now);
        return true;
    }

    private static StudyRevision next(
            StudyProgress progress,
            StudyResultTable.@Nullable Row before,
            StudyStep.Keep keep,
            StudySummary summary,
            Instant now) {
        return new StudyRevision(
                progress.studyUid(),
                before == null ? 1 : before.revision().revision() + 1,
                keep.state(),
                keep.complete(),
                summary.slices().label(keep.positiveSlicesNeeded()),
                keep.positiveSlicesNeeded(),
                summary,
                progress.firstSliceAt(),
                progress.lastSliceAt(),
                now);
    }

    /** But for when that was. */
    private static boolean saysTheSame(StudyRevision before, StudyRevision next) {
        return before.state() == next.state()
                && before.complete() == next.complete()
                && before.label() == next.label()
                && before.summary().equals(next.summary());
    }

    private static boolean isWatched(StudyResultTable.@Nullable Row before) {
        return before == null || before.revision().label() != Label.POSITIVE;
    }
}
