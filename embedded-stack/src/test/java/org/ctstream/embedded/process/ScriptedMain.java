package org.ctstream.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.ctstream.embedded.part.DirectoryLock;

/** The main class of children in these tests; the first argument names what it does. */
public final class ScriptedMain {

    private ScriptedMain() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "complain-and-exit" -> {
                System.err.println("cannot find the thing that was asked for");
                System.exit(7);
            }
            case "throw" -> {
                Thread forgotten = new Thread(ScriptedMain::forever);
                forgotten.start();
                throw new IllegalStateException("thrown by main");
            }
            case "hang" -> forever();
            case "leave-a-file-when-stopped" -> {
                Path ready = Path.of(args[1]);
                Path ended = Path.of(args[2]);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> write(ended, "ended in order")));
                write(
                        ready,
                        System.getenv("CTSTREAM_TEST_VALUE") + " " + Path.of("").toAbsolutePath());
                forever();
            }
            case "never-finish-the-shutdown" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(ScriptedMain::forever));
                Path ready = Path.of(args[1]);
                own(ready.resolveSibling("owned"));
                write(ready, "ready");
                forever();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    @SuppressWarnings("unused") // held until the process ends
    private static void own(Path directory) {
        DirectoryLock held = DirectoryLock.acquire(directory, Duration.ZERO);
    }

    private static void write(Path file, String text) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, text);
            Files.move(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
