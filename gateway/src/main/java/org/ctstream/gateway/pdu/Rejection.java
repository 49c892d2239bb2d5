package org.ctstream.gateway.pdu;

/**
 * Why there is no association, as an A-ASSOCIATE-RJ says it.
 *
 * @see "DICOM PS3.8 Table 9-21"
 */
public enum Rejection {
    APPLICATION_CONTEXT_NOT_SUPPORTED(1, 1, 2, "application-context"),
    CALLING_TITLE_NOT_RECOGNIZED(1, 1, 3, "calling-title"),
    CALLED_TITLE_NOT_RECOGNIZED(1, 1, 7, "called-title"),
    PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2, "protocol-version"),
    /** Transient: the peer may try again later. */
    LOCAL_LIMIT_EXCEEDED(2, 3, 2, "too-many");

    private final int result;
    private final int source;
    private final int reason;
    private final String word;

    Rejection(int result, int source, int reason, String word) {
        this.result = result;
        this.source = source;
        this.reason = reason;
        this.word = word;
    }

    /** For meters and logs. */
    public String word() {
        return word;
    }

    int result() {
        return result;
    }

    int source() {
        return source;
    }

    int reason() {
        return reason;
    }
}
