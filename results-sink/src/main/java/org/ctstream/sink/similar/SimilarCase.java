package org.ctstream.sink.similar;

import java.time.Instant;
import org.ctstream.sink.store.ConfirmedCase;

/**
 * A confirmed case beside a scan.
 *
 * @param label what its reader says, POSITIVE or NEGATIVE
 * @param modelLabel what the model says of it
 * @param probability of positive, by the model
 * @param similarity cosine of both embeddings, -1 to 1
 */
public record SimilarCase(
        String scanId, String label, String modelLabel, double probability, double similarity, Instant reviewedAt) {
    static SimilarCase of(ConfirmedCase found, double similarity) {
        return new SimilarCase(
                found.origin().scanId(),
                found.label(),
                found.modelLabel(),
                found.probability(),
                similarity,
                found.reviewedAt());
    }
}
