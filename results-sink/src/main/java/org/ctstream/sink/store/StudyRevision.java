package org.ctstream.sink.store;

import java.time.Instant;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.StudyState;

/**
 * One revision of what is said of a study. It never changes: what is sent again says the same.
 *
 * @param revision 1 for the first
 * @param complete whether no slice had come for the quiet time
 * @param positiveSlicesNeeded the rule the label was found by, see {@link SliceCounts#label}
 * @param firstSliceAt when the first result of the study was stored
 * @param lastSliceAt when the newest one was
 */
public record StudyRevision(
        String studyUid,
        int revision,
        StudyState state,
        boolean complete,
        Label label,
        int positiveSlicesNeeded,
        StudySummary summary,
        Instant firstSliceAt,
        Instant lastSliceAt,
        Instant rolledUpAt) {
    public StudyRevision {
        if (revision < 1) {
            throw new IllegalArgumentException("revision " + revision + " (expected: 1 or more)");
        }
    }
}
