package org.ctstream.gateway.stow;

import java.io.IOException;

/** A request that is answered with an HTTP status and no report. The message is for its sender. */
final class RequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
