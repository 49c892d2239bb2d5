package org.ctstream.sink.store;

import java.time.Instant;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.StudyState;
import org.jspecify.annotations.Nullable;

/**
 * How far a study has come: what has been stored of it, and what has been said of it.
 *
 * @param changes how many polls have brought results of it
 * @param positiveChanges the newest of them that brought a positive one; 0 if none did
 * @param said the newest revision, which is on the topic; null if there is none
 */
public record StudyProgress(
        String studyUid,
        Instant firstSliceAt,
        Instant lastSliceAt,
        long changes,
        long positiveChanges,
        @Nullable Said said) {
    /**
     * The newest revision.
     *
     * @param slices how many it counts
     * @param changes how many of the study's changes it knows of
     */
    public record Said(
            int revision,
            StudyState state,
            boolean complete,
            Label label,
            int slices,
            Instant rolledUpAt,
            long changes) {}
}
