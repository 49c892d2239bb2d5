package org.ctstream.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs {@code ConfluentPeer} in a JVM of its own, on Confluent's class path and not ours, until it ends. */
final class PeerProcess {
    private static final long TIMEOUT_SECONDS = 90;

    private final String bootstrapServers;
    private final String registryUrl;
    private final Path logs;

    PeerProcess(String bootstrapServers, String registryUrl, Path logs) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.logs = logs;
    }

    /** The lines the peer printed. */
    List<String> run(String command, String... options) throws IOException, InterruptedException {
        Path out = Files.createTempFile(logs, command, ".out");
        Path err = Files.createTempFile(logs, command, ".err");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                property("confluent.peer.jar"),
                property("confluent.peer.source"),
                command,
                "--bootstrap",
                bootstrapServers,
                "--registry",
                registryUrl));
        line.addAll(List.of(options));
        Process process = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("ConfluentPeer " + command + " did not end: " + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("ConfluentPeer " + command + " failed: " + Files.readString(err));
        }
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is not set: run this test by the build");
    }
}
