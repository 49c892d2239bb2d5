package org.ctstream.reliability.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Every blow with its time, beside the logs of the processes. Thread-safe. */
final class StormLog implements AutoCloseable {
    private final Writer writer;

    StormLog(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    synchronized void note(String what) {
        try {
            writer.write(Instant.now() + " " + what + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the storm's log", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
