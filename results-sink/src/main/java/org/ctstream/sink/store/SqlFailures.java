package org.ctstream.sink.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what a database says into the taxonomy of {@link StageException}. The messages of drivers may quote the values
 * of a statement, so none of them gets into a message or a cause: the exceptions' types and SQLSTATEs tell what
 * happened, and the database's own log has the words.
 *
 * @see "ISO/IEC 9075, SQLSTATE classes; PostgreSQL, Appendix A; H2, org.h2.api.ErrorCode"
 */
final class SqlFailures {
    /** Connection, transaction rollback, insufficient resources, object in use, operator intervention, system. */
    private static final Set<String> AWAY_CLASSES = Set.of("08", "40", "53", "55", "57", "58", "HY");

    /** H2: file locked by another process, connection broken, database closed, lock and statement timeouts. */
    private static final Set<String> AWAY_STATES = Set.of("90020", "90067", "90098", "90121", "57014");

    /** Data exception, integrity constraint. */
    private static final Set<String> DATA_CLASSES = Set.of("22", "23");

    private static final String REFUSED_CLASS = "28";
    private static final int MAX_DEPTH = 16;

    private SqlFailures() {}

    /** The failure of one statement that has to do with the values it was given. */
    static boolean isData(SQLException failure) {
        return DATA_CLASSES.contains(classOf(failure));
    }

    static StageException of(String what, String place, Throwable failure) {
        List<SQLException> said = sqlExceptions(failure);
        String message = "Cannot " + what + " the database " + place + ": " + describe(failure, said.isEmpty());
        Throwable cause = said.isEmpty() ? failure : new WithoutWords(failure);
        if (said.stream().anyMatch(e -> classOf(e).equals(REFUSED_CLASS))) {
            return new FatalStageException(
                    Stage.STORE,
                    message + " (expected: a user and password it accepts; see database.user and database.password)",
                    cause);
        }
        if (said.stream().anyMatch(SqlFailures::isAway)) {
            return new RetriableStageException(Stage.STORE, message, cause);
        }
        return new FatalStageException(Stage.STORE, message, cause);
    }

    /** @param withWords if no database said anything: then the words are those of the migration tool */
    private static String describe(Throwable failure, boolean withWords) {
        if (withWords) {
            return failure.getClass().getSimpleName() + ", " + failure.getMessage();
        }
        var text = new StringBuilder();
        @Nullable Throwable t = failure;
        for (int depth = 0; t != null && depth < MAX_DEPTH; depth++) {
            text.append(depth == 0 ? "" : ", caused by ").append(t.getClass().getSimpleName());
            if (t instanceof SQLException e) {
                text.append(" (SQLSTATE ").append(e.getSQLState()).append(')');
            }
            t = t.getCause();
        }
        return text + "; the database's own log says more";
    }

    /** What a refused value means for its record. */
    static PoisonRecordException poison(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        // The text of the database may quote the value, so it stays out of the message and out of the cause.
        return new PoisonRecordException(
                Stage.STORE,
                "refused_by_database",
                null,
                "Cannot store the result: the database refuses a value (SQLSTATE " + state + ", expected: as "
                        + "ScanClassified says, texts within their columns' lengths, probabilities from 0 to 1).",
                "correct the service that made the record, then redrive it.",
                null);
    }

    private static boolean isAway(SQLException e) {
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || AWAY_CLASSES.contains(classOf(e))
                || AWAY_STATES.contains(String.valueOf(e.getSQLState()));
    }

    private static String classOf(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static List<SQLException> sqlExceptions(Throwable failure) {
        var found = new ArrayList<SQLException>();
        @Nullable Throwable t = failure;
        for (int depth = 0; t != null && depth < MAX_DEPTH; depth++) {
            if (t instanceof SQLException e) {
                found.add(e);
            }
            t = t.getCause();
        }
        return found;
    }

    /** Stands for a driver's exception in the log: where it came from, and nothing that it says. */
    private static final class WithoutWords extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WithoutWords(Throwable failure) {
            super(failure.getClass().getName());
            setStackTrace(failure.getStackTrace());
        }
    }
}
