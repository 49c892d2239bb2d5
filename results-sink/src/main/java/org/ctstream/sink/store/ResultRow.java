package org.ctstream.sink.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored result as the API shows it. Fields as in {@code ScanClassified}.
 *
 * @param probability of the positive class, 0 to 1; means nothing unless {@code modelTrained}
 * @param storedAt when the sink stored it
 * @param alertedAt when its alert was raised; null if there is none or it is not out yet
 */
public record ResultRow(
        String resultId,
        String scanId,
        String source,
        String label,
        double probability,
        double threshold,
        @Nullable String indeterminateReason,
        String modelName,
        String modelVersion,
        String modelDigest,
        boolean modelTrained,
        String engine,
        String device,
        String worker,
        String priority,
        @Nullable String studyUid,
        @Nullable String seriesUid,
        @Nullable String instanceUid,
        Instant receivedAt,
        Instant normalizedAt,
        Instant classifiedAt,
        Instant storedAt,
        @Nullable Instant alertedAt) {}
