package org.ctstream.ingest.normalize;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a normalized scan says of its origin. What the publisher says is a pseudonym by contract and is passed on;
 * what it leaves out is taken from the DICOM header, and only as a pseudonym.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Identities {
    private final Pseudonyms pseudonyms;
    private final ZoneId siteZone;

    /** @param siteZone where the scanners stand, for DICOM files that state no offset from UTC */
    public Identities(Pseudonyms pseudonyms, ZoneId siteZone) {
        this.pseudonyms = pseudonyms;
        this.siteZone = siteZone;
    }

    Identity of(ScanReceived scan, Optional<DicomIdentity> dicom) {
        return new Identity(
                given(scan.getStudyUid(), dicom.flatMap(DicomIdentity::studyInstanceUid), pseudonyms::uid),
                given(scan.getSeriesUid(), dicom.flatMap(DicomIdentity::seriesInstanceUid), pseudonyms::uid),
                given(scan.getInstanceUid(), dicom.flatMap(DicomIdentity::sopInstanceUid), pseudonyms::uid),
                given(scan.getPatientRef(), dicom.flatMap(DicomIdentity::patientId), pseudonyms::patient),
                acquiredAt(scan.getAcquiredAt(), dicom));
    }

    private static @Nullable String given(
            @Nullable String published, Optional<String> raw, Function<String, Optional<String>> pseudonym) {
        return published != null ? published : raw.flatMap(pseudonym).orElse(null);
    }

    private @Nullable Instant acquiredAt(@Nullable Instant published, Optional<DicomIdentity> dicom) {
        if (published != null) {
            return published;
        }
        return dicom.flatMap(identity -> identity.acquiredAt(siteZone))
                .map(instant -> instant.truncatedTo(ChronoUnit.MILLIS))
                .orElse(null);
    }
}
