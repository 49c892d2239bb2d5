package org.ctstream.cli;

import org.jspecify.annotations.Nullable;

/** A failure whose message is all a user needs: shown without a stack trace. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CliException(String message, int exitCode, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Something did not work: exit code {@link ExitCodes#FAILURE}. */
    public static CliException failure(String message, @Nullable Throwable cause) {
        return new CliException(message, ExitCodes.FAILURE, cause);
    }

    /** The command line or a configuration cannot be used: exit code {@link ExitCodes#USAGE}. */
    public static CliException usage(String message, @Nullable Throwable cause) {
        return new CliException(message, ExitCodes.USAGE, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
