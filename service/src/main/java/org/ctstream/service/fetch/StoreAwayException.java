package org.ctstream.service.fetch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store is away: try again. Its message names nothing the publisher wrote, so that it may be logged and shown. */
final class StoreAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
