package org.ctstream.model.classify;

import org.jspecify.annotations.Nullable;

/** Why an engine gave no predictions. The type decides what the caller does next. */
public abstract sealed class ClassifierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ClassifierException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The device had no memory for this batch. A smaller batch may fit; the classifier stays usable. */
    public static final class OutOfMemory extends ClassifierException {
        private static final long serialVersionUID = 1L;

        public OutOfMemory(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The device does not answer any more. This classifier is of no further use: close it and open another. */
    public static final class DeviceLost extends ClassifierException {
        private static final long serialVersionUID = 1L;

        public DeviceLost(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Anything else that went wrong with a batch. One slice may be the cause: split the batch to find out. */
    public static final class EngineFailure extends ClassifierException {
        private static final long serialVersionUID = 1L;

        public EngineFailure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The engine or the device asked for is not to be had on this machine. Thrown at opening only. */
    public static final class Unavailable extends ClassifierException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
