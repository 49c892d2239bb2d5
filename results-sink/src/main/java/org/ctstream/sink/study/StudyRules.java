package org.ctstream.sink.study;

import java.time.Duration;
import java.time.Instant;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.StudyState;
import org.ctstream.sink.store.StudyProgress;
import org.ctstream.sink.store.StudyProgress.Said;
import org.ctstream.sink.store.StudyStep;

/**
 * When a study's next revision is due. Nobody tells how many slices a study has, so that it is complete when none has come
 * for the quiet time.
 *
 * <pre>
 * nothing said --positive slice, or provisional time--> PROVISIONAL --quiet--> FINAL --a result comes--> AMENDED
 *             --quiet---------------------------------------------------------> FINAL     AMENDED --quiet--> AMENDED, complete
 * </pre>
 *
 * While slices come, what is said is renewed each provisional time, and at once when a positive slice comes and the study is
 * not positive yet. Immutable; a function of what it is given.
 *
 * @param quiet above 0
 * @param provisional above 0
 * @param positiveSlices 1 or more
 */
public record StudyRules(Duration quiet, Duration provisional, int positiveSlices) {
    /** Beyond that many slices a study is renewed less often, so that rolling it up costs no more per second. */
    static final int SLICES_PER_RENEWAL = 1_000;

    public StudyRules {
        if (quiet.isNegative() || quiet.isZero() || provisional.isNegative() || provisional.isZero()) {
            throw new IllegalArgumentException(
                    "times " + quiet + " and " + provisional + " (expected: more than nothing)");
        }
        if (positiveSlices < 1) {
            throw new IllegalArgumentException("positive slices " + positiveSlices + " (expected: 1 or more)");
        }
    }

    /**
     * What is to be done now.
     *
     * @param since when this sink began to see slices come, or could again: before that, silence says nothing
     */
    public StudyStep next(StudyProgress progress, Instant now, Instant since) {
        Instant quietAt = later(progress.lastSliceAt(), since).plus(quiet);
        boolean isQuiet = !now.isBefore(quietAt);
        Said said = progress.said();
        if (said == null) {
            return first(progress, now, isQuiet, quietAt);
        }
        boolean changed = progress.changes() > said.changes();
        if (said.complete()) {
            return changed ? keep(StudyState.AMENDED, isQuiet) : new StudyStep.Rest();
        }
        if (isQuiet) {
            return keep(said.state() == StudyState.AMENDED ? StudyState.AMENDED : StudyState.FINAL, true);
        }
        boolean alarming = said.label() != Label.POSITIVE && progress.positiveChanges() > said.changes();
        Instant renewalAt = said.rolledUpAt().plus(provisional.multipliedBy(renewals(said.slices())));
        boolean renewable = !now.isBefore(renewalAt);
        if (alarming || (changed && renewable)) {
            return keep(said.state(), false);
        }
        return new StudyStep.Wait(earlier(quietAt, renewable ? now.plus(provisional) : renewalAt));
    }

    private StudyStep first(StudyProgress progress, Instant now, boolean isQuiet, Instant quietAt) {
        if (isQuiet) {
            return keep(StudyState.FINAL, true);
        }
        Instant provisionalAt = progress.firstSliceAt().plus(provisional);
        // What was quiet long before this sink looked is most likely final, and said so once.
        boolean mayBeFinal = !now.isBefore(progress.lastSliceAt().plus(quiet));
        if (mayBeFinal && progress.positiveChanges() == 0) {
            return new StudyStep.Wait(quietAt);
        }
        return progress.positiveChanges() > 0 || !now.isBefore(provisionalAt)
                ? keep(StudyState.PROVISIONAL, false)
                : new StudyStep.Wait(earlier(quietAt, provisionalAt));
    }

    private StudyStep keep(StudyState state, boolean complete) {
        return new StudyStep.Keep(state, complete, positiveSlices);
    }

    private static int renewals(int slices) {
        return Math.max(1, slices / SLICES_PER_RENEWAL);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
