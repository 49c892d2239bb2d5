package org.ctstream.gateway.pdu;

/**
 * The peer sent what the protocol does not allow here; the association ends with an A-ABORT that says why. The message
 * holds numbers and positions, nothing of a patient.
 */
public final class PduException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AbortReason reason;

    public PduException(AbortReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public AbortReason reason() {
        return reason;
    }
}
