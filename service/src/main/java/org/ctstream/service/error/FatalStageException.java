package org.ctstream.service.error;

import org.jspecify.annotations.Nullable;

/** Only a person can mend it (configuration, authorisation, disk): stop, not ready, non-zero exit code. */
public final class FatalStageException extends StageException {
    private static final long serialVersionUID = 1L;

    public FatalStageException(Stage stage, String message, @Nullable Throwable cause) {
        super(stage, message, cause);
    }
}
