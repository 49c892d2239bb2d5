package org.ctstream.embedded.part;

import org.jspecify.annotations.Nullable;

/** A part of the embedded stack did not start or stop; the message says which one, where, and what to do. */
public class EmbeddedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public EmbeddedException(String message) {
        super(message);
    }

    /** The exit code by which a child JVM tells its parent that it ended for this reason. */
    public int exitCode() {
        return ExitCodes.OTHER;
    }
}
