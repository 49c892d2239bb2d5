package org.ctstream.model.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program of NVIDIA's, run to its end within a limit.
 *
 * @param executable its path, or a name to look for on {@code PATH}
 * @param remedy what to install if it is not there
 */
record Tool(String executable, String remedy) {
    private static final int KEPT_LINES = 20;
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    /**
     * Runs it and waits for its end.
     *
     * @param limit after which it is ended, with whatever it started
     * @param line takes each line of its output and its errors as it comes, on another thread
     * @throws PlanException.Missing if it is not there
     * @throws PlanException.ToolFailed if its exit code is not 0, or it takes longer; the message has its last lines
     * @throws RuntimeException as the one that takes the lines did; the program was ended then
     * @throws InterruptedException if this thread is interrupted; the program has ended then
     */
    void run(List<String> arguments, Duration limit, Consumer<String> line) throws InterruptedException {
        Process process = start(arguments);
        var lines = new LastLines(line);
        var reader = new Thread(() -> lines.readAll(process), "output of " + executable);
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            // A grandchild could hold the pipe open for ever.
            reader.join(LONGEST_END.toMillis());
        }
        lines.rethrow();
        if (!ended) {
            throw new PlanException.ToolFailed(
                    executable + " did not end within " + limit.toSeconds() + " s and was stopped",
                    "run it by hand to see what it waits for" + lines,
                    null);
        }
        if (process.exitValue() != 0) {
            throw new PlanException.ToolFailed(
                    executable + " failed with exit code " + process.exitValue(), "see what it printed" + lines, null);
        }
    }

    private Process start(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(executable);
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new PlanException.Missing("cannot run " + executable + ": " + e.getMessage(), remedy, e);
        }
    }

    /** Passes on what a process prints and keeps the end of it for the error message. */
    private static final class LastLines {
        private final Consumer<String> line;
        private final Deque<String> kept = new ArrayDeque<>();
        private final AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();

        LastLines(Consumer<String> line) {
            this.line = line;
        }

        void readAll(Process process) {
            try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                in.lines().forEach(this::take);
            } catch (IOException | UncheckedIOException e) {
                keep("(its output broke off: " + e.getMessage() + ")");
            } catch (RuntimeException | Error e) {
                refused.set(e);
                // With nobody to read its output it would wait for ever.
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }

        /** Throws what the one that takes the lines did. */
        void rethrow() {
            Throwable failure = refused.get();
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }

        private void take(String text) {
            keep(text);
            line.accept(text);
        }

        private void keep(String text) {
            synchronized (kept) {
                kept.addLast(text);
                if (kept.size() > KEPT_LINES) {
                    kept.removeFirst();
                }
            }
        }

        @Override
        public String toString() {
            synchronized (kept) {
                return kept.isEmpty() ? "; it printed nothing" : "; its last lines:\n  " + String.join("\n  ", kept);
            }
        }
    }
}
