package org.ctstream.trainer.run;

import org.ctstream.model.weights.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What a run begins from.
 *
 * @param weights loaded as far as they fit; null for seeded random ones
 * @param source where they are from, for the record: a release, a file's SHA-256, or empty
 */
public record InitialState(@Nullable Weights weights, String source) {
    public static final InitialState RANDOM = new InitialState(null, "");
}
