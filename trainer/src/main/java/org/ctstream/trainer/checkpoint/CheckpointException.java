package org.ctstream.trainer.checkpoint;

/** A checkpoint cannot be written, read, or gone on from; the message says what to do. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    public CheckpointException(String message) {
        super(message);
    }
}
