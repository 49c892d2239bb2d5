package org.ctstream.trainer.evaluate;

/** Scores that nothing can be measured on, or not what was asked for: the message says what is missing. */
public final class ScoresException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ScoresException(String message) {
        super(message);
    }
}
