package org.ctstream.model.weights.pickle;

/** A pickle that is damaged, too large, or holds something it is not allowed to hold. */
public final class PickleException extends Exception {
    private static final long serialVersionUID = 1L;

    public PickleException(String message) {
        super(message);
    }
}
