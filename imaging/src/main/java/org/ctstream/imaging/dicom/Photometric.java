package org.ctstream.imaging.dicom;

import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * The photometric interpretations that the reader decodes.
 *
 * @see "DICOM PS3.3 C.7.6.3.1.2, Photometric Interpretation"
 */
enum Photometric {
    MONOCHROME1(1),
    MONOCHROME2(1),
    RGB(3),
    YBR_FULL(3),
    YBR_FULL_422(3);

    final int samples;

    Photometric(int samples) {
        this.samples = samples;
    }

    static Photometric of(String value) throws ScanDecodeException {
        for (Photometric known : values()) {
            if (known.name().equals(value)) {
                return known;
            }
        }
        boolean printable = value.length() <= 16
                && value.chars().allMatch(c -> c == ' ' || c == '_' || Character.isLetterOrDigit(c));
        throw unsupported(printable ? value : "not a defined term");
    }

    static ScanDecodeException unsupported(String shown) {
        return new ScanDecodeException(
                Reason.UNSUPPORTED_PHOTOMETRIC,
                DicomTag.PhotometricInterpretation.display(),
                "the value is " + shown
                        + " (expected: MONOCHROME1, MONOCHROME2, RGB or YBR_FULL; YBR_FULL_422 in JPEG)",
                "export the slice as MONOCHROME2");
    }
}
