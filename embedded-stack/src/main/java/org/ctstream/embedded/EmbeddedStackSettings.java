package org.ctstream.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ctstream.embedded.broker.EmbeddedBrokerSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.registry.EmbeddedRegistrySettings;
import org.ctstream.embedded.security.StackUser;

/**
 * What an embedded stack needs to know. Everything listens on 127.0.0.1.
 *
 * @param dataDirectory kept across restarts; has the folders {@code kafka}, {@code registry} and {@code logs},
 *     and {@code security} if it is secure
 * @param brokerMode where the broker runs
 * @param brokerPort port of the broker, 0 for a free one
 * @param controllerPort port of its controller, 0 for a free one
 * @param registryPort port of the registry, 0 for a free one
 * @param startTimeout how long each part may take to start
 * @param brokerOverrides broker configuration by Kafka's own keys
 * @param users users of a secure stack, with TLS, passwords and ACLs; none for a plain one
 */
public record EmbeddedStackSettings(
        Path dataDirectory,
        BrokerMode brokerMode,
        int brokerPort,
        int controllerPort,
        int registryPort,
        Duration startTimeout,
        Map<String, String> brokerOverrides,
        List<StackUser> users) {

    public EmbeddedStackSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        Ports.requireValid(brokerPort, "brokerPort");
        Ports.requireValid(controllerPort, "controllerPort");
        Ports.requireValid(registryPort, "registryPort");
        brokerOverrides = Map.copyOf(brokerOverrides);
        users = List.copyOf(users);
    }

    /** Broker in a JVM of its own, free ports, a minute to start. */
    public static EmbeddedStackSettings in(Path dataDirectory) {
        return new EmbeddedStackSettings(
                dataDirectory, BrokerMode.CHILD_JVM, 0, 0, 0, Duration.ofMinutes(1), Map.of(), List.of());
    }

    public EmbeddedStackSettings withBrokerMode(BrokerMode mode) {
        return new EmbeddedStackSettings(
                dataDirectory, mode, brokerPort, controllerPort, registryPort, startTimeout, brokerOverrides, users);
    }

    public EmbeddedStackSettings withPorts(int broker, int controller, int registry) {
        return new EmbeddedStackSettings(
                dataDirectory, brokerMode, broker, controller, registry, startTimeout, brokerOverrides, users);
    }

    public EmbeddedStackSettings withStartTimeout(Duration timeout) {
        return new EmbeddedStackSettings(
                dataDirectory, brokerMode, brokerPort, controllerPort, registryPort, timeout, brokerOverrides, users);
    }

    public EmbeddedStackSettings withBrokerOverrides(Map<String, String> overrides) {
        return new EmbeddedStackSettings(
                dataDirectory, brokerMode, brokerPort, controllerPort, registryPort, startTimeout, overrides, users);
    }

    /** With TLS, passwords for these users, and nobody else let in; ACLs are the caller's affair. */
    public EmbeddedStackSettings withSecurity(List<StackUser> stackUsers) {
        return new EmbeddedStackSettings(
                dataDirectory,
                brokerMode,
                brokerPort,
                controllerPort,
                registryPort,
                startTimeout,
                brokerOverrides,
                stackUsers);
    }

    public boolean isSecure() {
        return !users.isEmpty();
    }

    /** The folder with the secrets of a secure stack. */
    public Path securityDirectory() {
        return dataDirectory.resolve("security");
    }

    /** The folder with one log file for each child process. */
    public Path logDirectory() {
        return dataDirectory.resolve("logs");
    }

    EmbeddedBrokerSettings broker() {
        EmbeddedBrokerSettings plain = EmbeddedBrokerSettings.in(dataDirectory.resolve("kafka"))
                .withPorts(brokerPort, controllerPort)
                .withOverrides(brokerOverrides);
        return isSecure() ? plain.withSecurity(securityDirectory()) : plain;
    }

    EmbeddedRegistrySettings registry() {
        EmbeddedRegistrySettings plain = EmbeddedRegistrySettings.in(dataDirectory.resolve("registry"))
                .withPort(registryPort)
                .withLogFile(logDirectory().resolve("registry.log"))
                .withStartTimeout(startTimeout);
        return isSecure() ? plain.withSecurity(securityDirectory()) : plain;
    }
}
