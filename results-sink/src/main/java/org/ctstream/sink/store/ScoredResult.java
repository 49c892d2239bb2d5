package org.ctstream.sink.store;

import java.time.Instant;
import org.ctstream.schemas.avro.Label;

/**
 * What drift is found by in one result.
 *
 * @param digest of the release's weights
 * @param probability 0 to 1
 */
public record ScoredResult(
        String model, String version, String digest, Label label, double probability, Instant storedAt) {}
