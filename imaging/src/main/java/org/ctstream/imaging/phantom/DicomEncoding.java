package org.ctstream.imaging.phantom;

import java.util.Objects;

/**
 * How a phantom is written as DICOM.
 *
 * @param syntax transfer syntax
 * @param values what the pixels hold
 * @param monochrome1 whether the photometric interpretation is MONOCHROME1; windowed values are then stored inverted,
 *     Hounsfield units as they are, since the interpretation is about display alone
 */
public record DicomEncoding(Syntax syntax, Values values, boolean monochrome1) {

    /** What scanners send: Explicit VR Little Endian, 12 bits unsigned, MONOCHROME2. */
    public static final DicomEncoding DEFAULT =
            new DicomEncoding(Syntax.EXPLICIT_LITTLE_ENDIAN, Values.HU_UNSIGNED_12, false);

    /** Transfer syntaxes the writer knows. */
    public enum Syntax {
        IMPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2"),
        EXPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2.1"),
        DEFLATED_LITTLE_ENDIAN("1.2.840.10008.1.2.1.99"),
        EXPLICIT_BIG_ENDIAN("1.2.840.10008.1.2.2"),
        JPEG_BASELINE("1.2.840.10008.1.2.4.50");

        final String uid;

        Syntax(String uid) {
            this.uid = uid;
        }
    }

    /** Meanings and widths of a pixel. */
    public enum Values {
        /** HU + 1024 in 12 of 16 bits, RescaleIntercept -1024, as a CT image. */
        HU_UNSIGNED_12,
        /** HU in 16 bits, two's complement, RescaleIntercept 0, as a CT image. */
        HU_SIGNED_16,
        /** Grey levels of the lung window in 8 bits, without rescale terms, as a secondary capture. */
        WINDOWED_8
    }

    public DicomEncoding {
        Objects.requireNonNull(syntax, "syntax");
        Objects.requireNonNull(values, "values");
        if (syntax == Syntax.JPEG_BASELINE && values != Values.WINDOWED_8) {
            throw new IllegalArgumentException(
                    "JPEG_BASELINE holds 8 bits, values are " + values + " (expected: WINDOWED_8)");
        }
    }
}
