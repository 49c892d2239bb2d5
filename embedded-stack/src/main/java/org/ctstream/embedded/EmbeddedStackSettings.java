package org.ctstream.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ctstream.embedded.broker.EmbeddedBrokerSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.registry.EmbeddedRegistrySettings;

/**
 * What an embedded stack needs to know. Everything listens on 127.0.0.1.
 *
 * @param dataDirectory kept across restarts; has the folders {@code kafka}, {@code registry} and {@code logs}
 * @param brokerMode where the broker runs
 * @param brokerPort port of the broker, 0 for a free one
 * @param controllerPort port of its controller, 0 for a free one
 * @param registryPort port of the registry, 0 for a free one
 * @param startTimeout how long each part may take to start
 * @param brokerOverrides broker configuration by Kafka's own keys
 */
public record EmbeddedStackSettings(
        Path dataDirectory,
        BrokerMode brokerMode,
        int brokerPort,
        int controllerPort,
        int registryPort,
        Duration startTimeout,
        Map<String, String> brokerOverrides) {

    public EmbeddedStackSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        Ports.requireValid(brokerPort, "brokerPort");
        Ports.requireValid(controllerPort, "controllerPort");
        Ports.requireValid(registryPort, "registryPort");
        brokerOverrides = Map.copyOf(brokerOverrides);
    }

    /** Broker in a JVM of its own, free ports, a minute to start. */
    public static EmbeddedStackSettings in(Path dataDirectory) {
        return new EmbeddedStackSettings(dataDirectory, BrokerMode.CHILD_JVM, 0, 0, 0, Duration.ofMinutes(1), Map.of());
    }

    public EmbeddedStackSettings withBrokerMode(BrokerMode mode) {
        return new EmbeddedStackSettings(
                dataDirectory, mode, brokerPort, controllerPort, registryPort, startTimeout, brokerOverrides);
    }

    public EmbeddedStackSettings withPorts(int broker, int controller, int registry) {
        return new EmbeddedStackSettings(
                dataDirectory, brokerMode, broker, controller, registry, startTimeout, brokerOverrides);
    }

    public EmbeddedStackSettings withStartTimeout(Duration timeout) {
        return new EmbeddedStackSettings(
                dataDirectory, brokerMode, brokerPort, controllerPort, registryPort, timeout, brokerOverrides);
    }

    public EmbeddedStackSettings withBrokerOverrides(Map<String, String> overrides) {
        return new EmbeddedStackSettings(
                dataDirectory, brokerMode, brokerPort, controllerPort, registryPort, startTimeout, overrides);
    }

    /** The folder with one log file for each child process. */
    public Path logDirectory() {
        return dataDirectory.resolve("logs");
    }

    EmbeddedBrokerSettings broker() {
        return EmbeddedBrokerSettings.in(dataDirectory.resolve("kafka"))
                .withPorts(brokerPort, controllerPort)
                .withOverrides(brokerOverrides);
    }

    EmbeddedRegistrySettings registry() {
        return EmbeddedRegistrySettings.in(dataDirectory.resolve("registry"))
                .withPort(registryPort)
                .withLogFile(logDirectory().resolve("registry.log"))
                .withStartTimeout(startTimeout);
    }
}
