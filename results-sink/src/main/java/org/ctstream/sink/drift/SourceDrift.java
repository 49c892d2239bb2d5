package org.ctstream.sink.drift;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
        String note) {
    /** What is known, by what it is compared with: training, earlier. */
    Map<String, Comparison> comparisons() {
        var known = new LinkedHashMap<String, Comparison>();
        if (training != null) {
            known.put("training", training);
        }
        if (earlier != null) {
            known.put("earlier", earlier);
        }
        return known;
    }
}
