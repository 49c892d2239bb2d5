package org.ctstream.worker.model;

/** A release that can be read and must not be served here; trying again changes nothing. */
final class UnfitReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a short stable code for metrics */
    UnfitReleaseException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
