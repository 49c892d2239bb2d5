package org.ctstream.imaging.bounds;

import org.jspecify.annotations.Nullable;

/**
 * Says why bytes could not be made a slice. The same bytes fail in the same way again (only {@link Reason#TIMED_OUT} may
 * depend on the machine), so the record that carried them is poison, not retriable.
 *
 * <p>Neither the message nor the fields carry pixel values, names, patient ids or UIDs of the scan; a transfer syntax
 * UID is named, since it says nothing about the patient.
 */
public final class ScanDecodeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for programs. */
    public enum Reason {
        /** No bytes at all. */
        EMPTY,
        /** The first bytes belong to none of the accepted formats. */
        UNKNOWN_FORMAT,
        /** The bytes end before the format says they do. */
        TRUNCATED,
        /** The bytes contradict the format or themselves. */
        CORRUPT,
        /** Encoded bytes, sides, pixels or scans over the limits. */
        TOO_LARGE,
        /** Decoding took longer than the limit. */
        TIMED_OUT,
        /** A DICOM transfer syntax that the reader does not decode. */
        UNSUPPORTED_TRANSFER_SYNTAX,
        /** A DICOM photometric interpretation that the reader does not decode. */
        UNSUPPORTED_PHOTOMETRIC,
        /** A pixel layout, compression or number of frames that the reader does not decode. */
        UNSUPPORTED_LAYOUT,
        /** A DICOM attribute that the pixels cannot be read without is absent. */
        MISSING_ATTRIBUTE
    }

    private final Reason reason;
    private final String field;
    private final String detail;
    private final String remedy;

    public ScanDecodeException(Reason reason, String field, String detail, String remedy) {
        this(reason, field, detail, remedy, null);
    }

    public ScanDecodeException(Reason reason, String field, String detail, String remedy, @Nullable Throwable cause) {
        super(field + ": " + detail + ". Remedy: " + remedy + ".", cause);
        this.reason = reason;
        this.field = field;
        this.detail = detail;
        this.remedy = remedy;
    }

    public Reason reason() {
        return reason;
    }

    /** The part of the input the failure is about, such as {@code "PNG IHDR"} or {@code "PixelData (7FE0,0010)"}. */
    public String field() {
        return field;
    }

    /** What was found and what was expected. */
    public String detail() {
        return detail;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
