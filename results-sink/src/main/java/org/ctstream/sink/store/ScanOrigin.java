package org.ctstream.sink.store;

import org.jspecify.annotations.Nullable;

/**
 * What a scan was made of and of whom, as far as it says: all pseudonyms.
 *
 * @param sourceDigest of the original's bytes
 */
public record ScanOrigin(
        String scanId, @Nullable String studyUid, @Nullable String patientRef, String sourceDigest) {
    /** Whether both are one scan, of one patient or one study as far as they say, or the same picture sent twice. */
    public boolean isAlsoThatOf(ScanOrigin other) {
        return scanId.equals(other.scanId)
                || sourceDigest.equals(other.sourceDigest)
                || (studyUid != null && studyUid.equals(other.studyUid))
                || (patientRef != null && patientRef.equals(other.patientRef));
    }
}
