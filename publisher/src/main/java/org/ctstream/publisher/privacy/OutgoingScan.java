package org.ctstream.publisher.privacy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A scan as it may leave the publisher.
 *
 * @param content encoded bytes, shared
 * @param studyUid pseudonym, or null if there is none to give; likewise the others
 * @param acquiredAt when the slice was acquired, if the file said so
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record OutgoingScan(
        byte[] content,
        @Nullable String studyUid,
        @Nullable String seriesUid,
        @Nullable String instanceUid,
        @Nullable String patientRef,
        @Nullable Instant acquiredAt) {
    /** Bytes alone. */
    static OutgoingScan of(byte[] content) {
        return new OutgoingScan(content, null, null, null, null, null);
    }
}
