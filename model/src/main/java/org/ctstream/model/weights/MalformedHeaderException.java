package org.ctstream.model.weights;

/** A safetensors header that does not describe its file; the message completes "no well-formed file: ...". */
final class MalformedHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedHeaderException(String message) {
        super(message);
    }

    MalformedHeaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
