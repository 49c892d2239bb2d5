package org.ctstream.sink.store;

import java.time.Instant;
import java.util.List;
import org.ctstream.schemas.avro.Priority;

/**
 * What the slices of a study come to, each counted once by its newest result.
 *
 * @param meanProbability over the slices that are positive or negative; over all if there are none such
 * @param modelTrained false if any slice was classified by a model that no training has produced
 * @param models {@code name:version}, in order, at most {@link #MOST_NAMES}
 * @param sources in order, at most {@link #MOST_NAMES}
 * @param priority STAT if any slice is
 * @param firstReceivedAt when the first of the slices was received
 */
public record StudySummary(
        SliceCounts slices,
        WorstSlice worst,
        double meanProbability,
        boolean modelTrained,
        List<String> models,
        List<String> sources,
        Priority priority,
        Instant firstReceivedAt) {
    /** More models or sources in one study than anybody reads. */
    static final int MOST_NAMES = 20;

    public StudySummary {
        if (slices.total() == 0) {
            throw new IllegalArgumentException("a study of no slices (expected: 1 or more)");
        }
        models = List.copyOf(models);
        sources = List.copyOf(sources);
    }
}
