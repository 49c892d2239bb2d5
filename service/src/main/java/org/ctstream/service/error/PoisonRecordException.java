package org.ctstream.service.error;

import org.jspecify.annotations.Nullable;

/** This record can never pass, however often it is tried: dead letter with the original bytes, then committed. */
public final class PoisonRecordException extends StageException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final @Nullable String field;
    private final String detail;
    private final String remedy;

    /**
     * @param reason a short stable code that dead letters are grouped by, for example {@code truncated}
     * @param field the part of the record that is at fault, if it can be told
     * @param detail what was tried, expected and found
     * @param remedy what a person can do about it
     */
    public PoisonRecordException(
            Stage stage,
            String reason,
            @Nullable String field,
            String detail,
            String remedy,
            @Nullable Throwable cause) {
        super(stage, detail + " Remedy: " + remedy, cause);
        this.reason = reason;
        this.field = field;
        this.detail = detail;
        this.remedy = remedy;
    }

    public String reason() {
        return reason;
    }

    public @Nullable String field() {
        return field;
    }

    /** The message without the remedy. */
    public String detail() {
        return detail;
    }

    public String remedy() {
        return remedy;
    }
}
