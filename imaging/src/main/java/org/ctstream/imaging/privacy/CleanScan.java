package org.ctstream.imaging.privacy;

import java.util.Objects;
import java.util.Optional;
import org.ctstream.imaging.dicom.DicomIdentity;

/**
 * A scan's file that tells its pixels and no patient.
 *
 * @param content encoded bytes, shared
 * @param identity what a DICOM header said, raw: for pseudonyms, never to be sent on; empty for other formats
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record CleanScan(byte[] content, Optional<DicomIdentity> identity) {
    public CleanScan {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(identity, "identity");
    }
}
