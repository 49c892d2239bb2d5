package org.ctstream.gateway.pdu;

/**
 * Why the service provider ends an association.
 *
 * @see "DICOM PS3.8 Table 9-26, A-ABORT PDU fields"
 */
public enum AbortReason {
    NOT_SPECIFIED(0),
    UNRECOGNIZED_PDU(1),
    UNEXPECTED_PDU(2),
    UNRECOGNIZED_PARAMETER(4),
    UNEXPECTED_PARAMETER(5),
    INVALID_PARAMETER(6);

    private final int code;

    AbortReason(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
