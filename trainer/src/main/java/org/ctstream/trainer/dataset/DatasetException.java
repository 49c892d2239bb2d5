package org.ctstream.trainer.dataset;

import org.jspecify.annotations.Nullable;

/** A data set that cannot be had or must not be used as it is; the message says why and what to do. */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatasetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
