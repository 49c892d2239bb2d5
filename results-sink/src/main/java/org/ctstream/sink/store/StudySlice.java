package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A slice of a study by its newest result. Fields as in {@link ResultRow}; {@code reviewedAs} as in the worklist. */
public record StudySlice(
        String scanId,
        String resultId,
        String label,
        double probability,
        double threshold,
        @Nullable String indeterminateReason,
        String modelName,
        String modelVersion,
        boolean modelTrained,
        String source,
        String priority,
        @Nullable String seriesUid,
        Instant receivedAt,
        Instant storedAt,
        @Nullable String reviewedAs) {}
