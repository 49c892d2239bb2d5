package org.ctstream.publisher.privacy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.imaging.privacy.CleanScan;
import org.ctstream.imaging.privacy.ScanCleaner;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of scans what identifies a patient, and puts pseudonyms in the place of what ctstream needs to keep a patient's
 * scans together: those that ingest would make with the same key.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Deidentifier {
    private final Pseudonyms pseudonyms;
    private final ZoneId siteZone;
    private final boolean keepsHeader;
    private final ScanCleaner cleaner = new ScanCleaner(DecodeLimits.DEFAULTS);

    private Deidentifier(Pseudonyms pseudonyms, ZoneId siteZone, boolean keepsHeader) {
        this.pseudonyms = pseudonyms;
        this.siteZone = siteZone;
        this.keepsHeader = keepsHeader;
    }

    /** @param siteZone where the scanners stand, for DICOM files that state no offset from UTC */
    public static Deidentifier with(Pseudonyms pseudonyms, ZoneId siteZone) {
        return new Deidentifier(pseudonyms, siteZone, false);
    }

    /** Without a key: identifiers are dropped. */
    public static Deidentifier dropping() {
        return with(Pseudonyms.none(), ZoneId.systemDefault());
    }

    /** Sends every byte as it is; for files that somebody else has de-identified. */
    public static Deidentifier keepingHeaders() {
        return new Deidentifier(Pseudonyms.none(), ZoneId.systemDefault(), true);
    }

    /**
     * The scan as it may be sent.
     *
     * @throws ScanDecodeException if it cannot be told what the file says of a patient; the message says nothing of it
     */
    public OutgoingScan prepare(byte[] content) throws ScanDecodeException {
        return prepareWithIdentity(content).scan();
    }

    /**
     * The same, and beside it what the file said of the patient: for comparisons in memory, never to be sent on.
     *
     * @throws ScanDecodeException as {@link #prepare} does
     */
    public Prepared prepareWithIdentity(byte[] content) throws ScanDecodeException {
        if (keepsHeader) {
            return new Prepared(OutgoingScan.of(content), Optional.empty());
        }
        CleanScan clean = cleaner.clean(content);
        Optional<DicomIdentity> identity = clean.identity();
        var scan = new OutgoingScan(
                clean.content(),
                pseudonym(identity.flatMap(DicomIdentity::studyInstanceUid), pseudonyms::uid),
                pseudonym(identity.flatMap(DicomIdentity::seriesInstanceUid), pseudonyms::uid),
                pseudonym(identity.flatMap(DicomIdentity::sopInstanceUid), pseudonyms::uid),
                pseudonym(identity.flatMap(DicomIdentity::patientId), pseudonyms::patient),
                acquiredAt(identity));
        return new Prepared(scan, identity);
    }

    /**
     * A scan with and without its patient.
     *
     * @param scan as it may be sent
     * @param identity what a DICOM header said, raw
     */
    public record Prepared(OutgoingScan scan, Optional<DicomIdentity> identity) {}

    private static @Nullable String pseudonym(Optional<String> raw, Function<String, Optional<String>> pseudonym) {
        return raw.flatMap(pseudonym).orElse(null);
    }

    private @Nullable Instant acquiredAt(Optional<DicomIdentity> identity) {
        return identity.flatMap(header -> header.acquiredAt(siteZone))
                .map(instant -> instant.truncatedTo(ChronoUnit.MILLIS))
                .orElse(null);
    }
}
