package org.ctstream.sink.store;

import org.ctstream.schemas.avro.Label;
import org.jspecify.annotations.Nullable;

/**
 * A review as a reader sends it.
 *
 * @param reviewId chosen by the sender; the same one again is the same review
 * @param note at most {@link Review#MAX_NOTE} characters
 * @param reviewedBy pseudonym of the reader
 */
public record NewReview(
        String reviewId,
        String resultId,
        Label label,
        @Nullable String note,
        String reviewedBy) {}
