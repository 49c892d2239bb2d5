package org.ctstream.model.weights.pickle;

/** Python's {@code None}. */
public enum None {
    NONE
}
