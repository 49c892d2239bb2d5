package org.ctstream.sink.store;

import java.time.Instant;

/**
 * A scan of which a reader has said what it shows, with a result of some weights that carries an embedding.
 *
 * @param resultId of that result, the newest by these weights
 * @param label what the scan's last published review says, POSITIVE or NEGATIVE
 * @param modelLabel what the result says
 * @param probability of positive, as the result has it
 */
public record ConfirmedCase(
        String resultId, ScanOrigin origin, String label, String modelLabel, double probability, Instant reviewedAt) {
    public boolean isPositive() {
        return label.equals("POSITIVE");
    }
}
