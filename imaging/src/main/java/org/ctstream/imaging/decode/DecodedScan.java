package org.ctstream.imaging.decode;

import java.util.Objects;
import java.util.Optional;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.imaging.slice.GreySlice;

/**
 * What came out of one scan's bytes.
 *
 * @param slice grey levels at the scan's own geometry
 * @param format the format found in the content
 * @param dicom the allow-listed header fields; present for DICOM and absent for everything else
 */
public record DecodedScan(GreySlice slice, ScanFormat format, Optional<DicomIdentity> dicom) {

    public DecodedScan {
        Objects.requireNonNull(slice, "slice");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(dicom, "dicom");
        if (dicom.isPresent() != (format == ScanFormat.DICOM)) {
            throw new IllegalArgumentException("DicomIdentity " + (dicom.isPresent() ? "present" : "absent")
                    + " for format " + format + " (expected: present for DICOM alone)");
        }
    }
}
