package org.ctstream.gateway.dimse;

/**
 * How a request ended.
 *
 * @param code 0 for success
 * @param comment for people, empty for none; nothing of a patient; cut to 64 characters on the wire
 * @see "DICOM PS3.7 Annex C, Status Type Encoding; PS3.4 B.2.3, C-STORE statuses"
 */
public record Status(int code, String comment) {
    public static final Status SUCCESS = new Status(0, "");
    public static final Status SOP_CLASS_NOT_SUPPORTED = new Status(0x0122, "not the SOP class of this context");
    public static final Status INVALID_SOP_INSTANCE = new Status(0x0117, "SOP instance UID is no UID");
    public static final Status UNRECOGNIZED_OPERATION = new Status(0x0211, "only C-STORE and C-ECHO");

    public boolean isSuccess() {
        return code == 0;
    }
}
