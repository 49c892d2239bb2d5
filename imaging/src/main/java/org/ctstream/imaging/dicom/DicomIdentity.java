package org.ctstream.imaging.dicom;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * The header fields that leave the reader: an allow-list, everything else stays behind. The values are raw and identify
 * a person; the caller turns them into pseudonyms before it stores or sends them. {@link #toString()} prints none.
 *
 * @param studyInstanceUid StudyInstanceUID (0020,000D)
 * @param seriesInstanceUid SeriesInstanceUID (0020,000E)
 * @param sopInstanceUid SOPInstanceUID (0008,0018)
 * @param patientId PatientID (0010,0020)
 * @param acquisitionDateTime AcquisitionDateTime (0008,002A) as written, empty if absent or not a DT value
 * @param offsetFromUtc the offset written in AcquisitionDateTime, or TimezoneOffsetFromUTC (0008,0201)
 */
public record DicomIdentity(
        Optional<String> studyInstanceUid,
        Optional<String> seriesInstanceUid,
        Optional<String> sopInstanceUid,
        Optional<String> patientId,
        Optional<LocalDateTime> acquisitionDateTime,
        Optional<ZoneOffset> offsetFromUtc) {

    public DicomIdentity {
        Objects.requireNonNull(studyInstanceUid, "studyInstanceUid");
        Objects.requireNonNull(seriesInstanceUid, "seriesInstanceUid");
        Objects.requireNonNull(sopInstanceUid, "sopInstanceUid");
        Objects.requireNonNull(patientId, "patientId");
        Objects.requireNonNull(acquisitionDateTime, "acquisitionDateTime");
        Objects.requireNonNull(offsetFromUtc, "offsetFromUtc");
    }

    /**
     * The acquisition as an instant.
     *
     * @param siteZone where the scanner stands; used only if the file states no offset from UTC
     */
    public Optional<Instant> acquiredAt(ZoneId siteZone) {
        return acquisitionDateTime.map(local -> local.atZone(
                        offsetFromUtc.<ZoneId>map(offset -> offset).orElse(siteZone))
                .toInstant());
    }

    /** Which fields are present, never their values. */
    @Override
    public String toString() {
        return "DicomIdentity[studyInstanceUid=%s, seriesInstanceUid=%s, sopInstanceUid=%s, patientId=%s, acquisitionDateTime=%s]"
                .formatted(
                        presence(studyInstanceUid),
                        presence(seriesInstanceUid),
                        presence(sopInstanceUid),
                        presence(patientId),
                        presence(acquisitionDateTime));
    }

    private static String presence(Optional<?> field) {
        return field.isPresent() ? "present" : "absent";
    }
}
