package org.ctstream.model.release;

import org.jspecify.annotations.Nullable;

/** Why a model store could not give or take a release. */
public abstract sealed class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ReleaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The store has no such release. */
    public static final class Absent extends ReleaseException {
        private static final long serialVersionUID = 1L;

        public Absent(String message) {
            super(message, null);
        }
    }

    /** The weights are not the ones the manifest was made for. */
    public static final class Corrupt extends ReleaseException {
        private static final long serialVersionUID = 1L;

        public Corrupt(String message) {
            super(message, null);
        }
    }

    /** The manifest or the store's folder cannot be read or written. */
    public static final class Unreadable extends ReleaseException {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The store has a release of this name and version; releases never change. */
    public static final class AlreadyExists extends ReleaseException {
        private static final long serialVersionUID = 1L;

        public AlreadyExists(String message) {
            super(message, null);
        }
    }
}
