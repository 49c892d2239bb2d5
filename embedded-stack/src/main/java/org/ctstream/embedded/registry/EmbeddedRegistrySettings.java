package org.ctstream.embedded.registry;

import java.nio.file.Path;
import java.time.Duration;
import org.ctstream.embedded.part.Ports;

/**
 * Where an embedded schema registry keeps its data and listens.
 *
 * @param dataDirectory holds its database; kept across restarts, owned by one registry at a time
 * @param host address to listen on; the registry has no authentication, so keep it on loopback
 * @param port port to listen on, 0 for a free one
 * @param compatibility the global compatibility level, set at every start, e.g. {@code BACKWARD_TRANSITIVE}
 * @param logFile where the registry's output is appended
 * @param startTimeout how long a start may take
 */
public record EmbeddedRegistrySettings(
        Path dataDirectory, String host, int port, String compatibility, Path logFile, Duration startTimeout) {

    public EmbeddedRegistrySettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        logFile = logFile.toAbsolutePath();
        Ports.requireValid(port, "port");
    }

    /** Loopback, a free port, BACKWARD_TRANSITIVE, {@code registry.log} in the directory, a minute to start. */
    public static EmbeddedRegistrySettings in(Path dataDirectory) {
        return new EmbeddedRegistrySettings(
                dataDirectory,
                "127.0.0.1",
                0,
                "BACKWARD_TRANSITIVE",
                dataDirectory.resolve("registry.log"),
                Duration.ofMinutes(1));
    }

    public EmbeddedRegistrySettings withPort(int newPort) {
        return new EmbeddedRegistrySettings(dataDirectory, host, newPort, compatibility, logFile, startTimeout);
    }

    public EmbeddedRegistrySettings withLogFile(Path newLogFile) {
        return new EmbeddedRegistrySettings(dataDirectory, host, port, compatibility, newLogFile, startTimeout);
    }

    public EmbeddedRegistrySettings withStartTimeout(Duration newTimeout) {
        return new EmbeddedRegistrySettings(dataDirectory, host, port, compatibility, logFile, newTimeout);
    }
}
