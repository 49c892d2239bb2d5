package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reader said of a result.
 *
 * @param reviewId chosen by who sends it; the same one again is the same review
 * @param label what the reader says the scan shows
 * @param modelLabel what the result said
 * @param note for people; stays in this database
 * @param reviewedBy pseudonym of the reader
 * @param stateReason why it is refused, else null
 * @param place where its label stands on {@code ct.scan.labeled}; null until it does
 * @param settledAt when it was published or refused
 */
public record Review(
        String reviewId,
        String resultId,
        String scanId,
        String label,
        String modelLabel,
        @Nullable String note,
        String reviewedBy,
        Instant reviewedAt,
        ReviewState state,
        @Nullable String stateReason,
        @Nullable RecordPlace place,
        @Nullable Instant settledAt) {
    /** Longest note, in characters. */
    public static final int MAX_NOTE = 2_000;

    /** Whether both are what somebody sent who sent the same twice. */
    public boolean saysTheSameAs(NewReview other) {
        return resultId.equals(other.resultId())
                && label.equals(other.label().name())
                && reviewedBy.equals(other.reviewedBy())
                && (note == null ? other.note() == null : note.equals(other.note()));
    }
}
