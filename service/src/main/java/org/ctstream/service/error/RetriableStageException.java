package org.ctstream.service.error;

import org.jspecify.annotations.Nullable;

/** Something the stage depends on is away (broker, registry, database, store): back off, commit nothing, try again. */
public final class RetriableStageException extends StageException {
    private static final long serialVersionUID = 1L;

    public RetriableStageException(Stage stage, String message, @Nullable Throwable cause) {
        super(stage, message, cause);
    }
}
