package org.ctstream.model.weights;

import org.jspecify.annotations.Nullable;

/** Weights that cannot be read, or are not the ones a network needs. */
public abstract sealed class WeightsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private WeightsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The file cannot be read, or is no well-formed file of its format. */
    public static final class Unreadable extends WeightsException {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A tensor the network needs is missing, or has another shape or type than the network's. */
    public static final class Mismatch extends WeightsException {
        private static final long serialVersionUID = 1L;
        private final String tensor;

        public Mismatch(String tensor, String message) {
            super(message, null);
            this.tensor = tensor;
        }

        /** Name of the tensor, or of the first of several. */
        public String tensor() {
            return tensor;
        }
    }
}
