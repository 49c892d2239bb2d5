package org.ctstream.imaging.dicom;

import java.util.Objects;
import org.ctstream.imaging.slice.GreySlice;

/**
 * What leaves the DICOM reader: the windowed slice and the allow-listed fields, nothing else of the header.
 *
 * @param slice grey levels at Rows × Columns
 * @param identity raw values; see {@link DicomIdentity}
 */
public record DicomImage(GreySlice slice, DicomIdentity identity) {

    public DicomImage {
        Objects.requireNonNull(slice, "slice");
        Objects.requireNonNull(identity, "identity");
    }
}
