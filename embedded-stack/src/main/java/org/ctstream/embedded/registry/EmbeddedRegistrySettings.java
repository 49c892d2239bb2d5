package org.ctstream.embedded.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.security.SecurityFolder;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded schema registry keeps its data and listens.
 *
 * @param dataDirectory holds its database; kept across restarts, owned by one registry at a time
 * @param host address to listen on; without a security directory the registry has no authentication, so keep it on
 *     loopback
 * @param port port to listen on, 0 for a free one
 * @param compatibility the global compatibility level, set at every start, e.g. {@code BACKWARD_TRANSITIVE}
 * @param logFile where the registry's output is appended
 * @param startTimeout how long a start may take
 * @param securityDirectory a prepared {@link SecurityFolder}, for a registry with TLS and tokens; null for none
 */
public record EmbeddedRegistrySettings(
        Path dataDirectory,
        String host,
        int port,
        String compatibility,
        Path logFile,
        Duration startTimeout,
        @Nullable Path securityDirectory) {

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
                Duration.ofMinutes(1),
                null);
    }

    public EmbeddedRegistrySettings withPort(int newPort) {
        return new EmbeddedRegistrySettings(
                dataDirectory, host, newPort, compatibility, logFile, startTimeout, securityDirectory);
    }

    public EmbeddedRegistrySettings withLogFile(Path newLogFile) {
        return new EmbeddedRegistrySettings(
                dataDirectory, host, port, compatibility, newLogFile, startTimeout, securityDirectory);
    }

    public EmbeddedRegistrySettings withStartTimeout(Duration newTimeout) {
        return new EmbeddedRegistrySettings(
                dataDirectory, host, port, compatibility, logFile, newTimeout, securityDirectory);
    }

    public EmbeddedRegistrySettings withSecurity(Path directory) {
        return new EmbeddedRegistrySettings(
                dataDirectory, host, port, compatibility, logFile, startTimeout, directory.toAbsolutePath());
    }

    /** The secrets of a secure registry; empty for a plain one. */
    Optional<SecurityFolder> security() {
        return Optional.ofNullable(securityDirectory).map(SecurityFolder::open);
    }
}
