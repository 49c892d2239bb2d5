package org.ctstream.sink.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one source and one release now.
 *
 * @param results how many results of the window it is about, those that say nothing included
 * @param from when the first of them was stored
 * @param until when the last was
 * @param indeterminateShare share of them that say nothing, 0 to 1
 * @param meanProbability mean over the others; null if there are none
 * @param training against the images the release was made on; null without its profile, or if too little is known
 * @param earlier against the source's own results before the window; null if too little is known
 * @param trainingEmbeddings how like the mean of the training images' embeddings these are, against those images
 *     themselves; null where {@code training} is, or without embeddings
 * @param earlierEmbeddings the same against the source's own results before the window
 * @param note why something is not known; empty if all is
 */
public record SourceDrift(
        String source,
        String model,
        String version,
        String digest,
        int results,
        Instant from,
        Instant until,
        double indeterminateShare,
        @Nullable Double meanProbability,
        @Nullable Comparison training,
        @Nullable Comparison earlier,
        @Nullable Comparison trainingEmbeddings,
        @Nullable Comparison earlierEmbeddings,
        String note) {
    /** One comparison, with the names meters give it. */
    record Known(String of, String against, Comparison comparison) {}

    /** What is known. */
    List<Known> known() {
        var known = new ArrayList<Known>();
        add(known, "probabilities", "training", training);
        add(known, "probabilities", "earlier", earlier);
        add(known, "embeddings", "training", trainingEmbeddings);
        add(known, "embeddings", "earlier", earlierEmbeddings);
        return known;
    }

    private static void add(List<Known> known, String of, String against, @Nullable Comparison comparison) {
        if (comparison != null) {
            known.add(new Known(of, against, comparison));
        }
    }
}
