package org.ctstream.service.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose type decides the fate of the record: retried, dead-lettered, or the service stops.
 *
 * <p>Messages never hold patient data: scans are named by scan id.
 */
public abstract sealed class StageException extends RuntimeException
        permits RetriableStageException, PoisonRecordException, FatalStageException {
    private static final long serialVersionUID = 1L;

    private final Stage stage;

    StageException(Stage stage, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}
