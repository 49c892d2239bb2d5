package org.ctstream.embedded.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running child JVM, which ends at the latest when this JVM ends, however that happens (see {@link ParentGuard}).
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);
    private static final int STOP = 's';

    private final String name;
    private final Process process;
    private final Path logFile;

    ChildJvm(String name, Process process, Path logFile) {
        this.name = name;
        this.process = process;
        this.logFile = logFile;
    }

    /**
     * @param name what messages call the child, e.g. {@code broker}
     * @param mainClass the class whose {@code main} runs in the child
     */
    public static ChildJvmBuilder builder(String name, String mainClass) {
        return new ChildJvmBuilder(name, mainClass);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The child's standard output and error. */
    public Path logFile() {
        return logFile;
    }

    /** Completes with the exit code when the child has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** The exit code; empty while the child is running. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /**
     * Asks the child to run its shutdown hooks and end, waits for that, and kills it if it takes too long.
     *
     * @param grace how long the child may take
     * @return true if the child ended by itself within that time, or had ended before
     */
    public boolean stop(Duration grace) {
        askToStop();
        if (awaitExit(grace)) {
            return true;
        }
        kill();
        return false;
    }

    /** Ends the child as a crash would (SIGKILL) and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** {@link #stop(Duration)} with ten seconds of grace. */
    @Override
    public void close() {
        stop(CLOSE_GRACE);
    }

    @Override
    public String toString() {
        return name + "[pid=" + pid() + ", alive=" + isAlive() + "]";
    }

    boolean awaitExit(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // Written, not closed: the end of the stream means that the parent is gone and bounds the child's shutdown tightly.
    private void askToStop() {
        try {
            OutputStream guard = process.getOutputStream();
            guard.write(STOP);
            guard.flush();
        } catch (IOException e) {
            // The child has ended, or closed its input: the wait that follows tells.
        }
    }
}
