package org.ctstream.cli.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OFFIS DCMTK's command line clients, from the path. */
public final class Dcmtk {
    private static final long MINUTES = 10;
    private static final String SENDING = "Sending file: ";
    private static final String SUCCESS = "Received Store Response (Success)";

    private Dcmtk() {}

    public static boolean isInstalled() {
        return Stream.of("storescu", "echoscu", "img2dcm").allMatch(Dcmtk::isOnThePath);
    }

    /** One run of a client that has begun. */
    public record Client(Process process, Path log) implements AutoCloseable {
        /** Waits for its end. */
        public Finished finish() throws IOException, InterruptedException {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("It did not end: " + Files.readString(log));
            }
            return new Finished(process.exitValue(), text());
        }

        /** What it has printed so far. */
        public String text() throws IOException {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** One run that has ended. */
    public record Finished(int exitCode, String text) {}

    public static Client start(Path log, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Client(process, log);
    }

    public static Finished run(Path log, String... command) throws IOException, InterruptedException {
        try (Client client = start(log, command)) {
            return client.finish();
        }
    }

    /** The command for all files of a folder, told one by one. */
    public static String[] storescu(String calling, int port, Path files, String... more) {
        var command = new ArrayList<>(List.of("storescu", "-v", "-aet", calling, "-aec", "CTSTREAM", "+sd"));
        command.addAll(List.of(more));
        command.addAll(List.of("127.0.0.1", Integer.toString(port), files.toString()));
        return command.toArray(String[]::new);
    }

    /** How many files storescu says it has begun to send. */
    public static long sending(String log) {
        return log.lines().filter(line -> line.contains(SENDING)).count();
    }

    /** The files that storescu says were answered with success. */
    public static List<String> successes(String log) {
        var successes = new ArrayList<String>();
        String sending = "";
        for (String line : log.lines().toList()) {
            int name = line.indexOf(SENDING);
            if (name >= 0) {
                sending = line.substring(name + SENDING.length()).strip();
            } else if (line.contains(SUCCESS)) {
                successes.add(String.valueOf(Path.of(sending).getFileName()));
            }
        }
        return successes;
    }

    private static boolean isOnThePath(String tool) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
