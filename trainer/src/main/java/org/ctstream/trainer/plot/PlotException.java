package org.ctstream.trainer.plot;

/** A picture that could not be written. */
public final class PlotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlotException(String message, Throwable cause) {
        super(message, cause);
    }
}
