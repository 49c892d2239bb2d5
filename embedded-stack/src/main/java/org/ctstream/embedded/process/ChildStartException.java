package org.ctstream.embedded.process;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.ctstream.embedded.part.EmbeddedException;
import org.jspecify.annotations.Nullable;

/** A child JVM ended before it was ready, or was not ready in time and has been killed. */
public final class ChildStartException extends EmbeddedException {

    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;

    private final int childExitCode;
    private final String logTail;

    private ChildStartException(
            String what, int childExitCode, Path logFile, String logTail, @Nullable Throwable cause) {
        super(what + " Its log " + logFile + (logTail.isEmpty() ? " is empty." : " ends with:\n" + logTail), cause);
        this.childExitCode = childExitCode;
        this.logTail = logTail;
    }

    static ChildStartException ended(String name, int exitCode, Path logFile, String logTail) {
        return new ChildStartException(
                "The " + name + " process ended with exit code " + exitCode + " before it was ready.",
                exitCode,
                logFile,
                logTail,
                null);
    }

    static ChildStartException late(
            String name, long millis, Path logFile, String logTail, @Nullable Throwable lastProbeFailure) {
        return new ChildStartException(
                "The " + name + " process was not ready within " + millis
                        + " ms and was ended. Is the machine overloaded? Then raise its start timeout.",
                NONE,
                logFile,
                logTail,
                lastProbeFailure);
    }

    /** The code the child ended with; empty if it was still running when the time was up. */
    public OptionalInt childExitCode() {
        return childExitCode == NONE ? OptionalInt.empty() : OptionalInt.of(childExitCode);
    }

    /** The last lines the child wrote since this start, at most a few kilobytes. */
    public String logTail() {
        return logTail;
    }
}
