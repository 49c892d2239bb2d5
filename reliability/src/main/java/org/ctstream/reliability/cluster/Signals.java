package org.ctstream.reliability.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.ctstream.cli.CliException;

/** Signals to processes, as {@code kill} sends them. */
public final class Signals {
    private Signals() {}

    /** Stops a process in the middle of whatever it does; it knows nothing of it. */
    public static void pause(long pid) {
        send("STOP", pid);
    }

    /** Lets a stopped process go on. */
    public static void resume(long pid) {
        send("CONT", pid);
    }

    /** Ends it at once: no handler runs. */
    public static void kill(long pid) {
        send("KILL", pid);
    }

    private static void send(String signal, long pid) {
        try {
            // Its exit code does not matter: a process that has ended needs no signal.
            int unused = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send a signal: is there no command \"kill\"?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }
}
