package org.ctstream.embedded.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.security.SecurityFolder;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded broker keeps its data and listens.
 *
 * @param dataDirectory holds records and cluster metadata; kept across restarts, owned by one broker at a time
 * @param host address to listen on; without a security directory the broker has no authentication, so keep it on loopback
 * @param brokerPort port for clients, 0 for a free one
 * @param controllerPort port of the KRaft controller, 0 for a free one
 * @param clusterId the cluster id the directory must have; null takes the directory's own, or a new one if it is empty
 * @param securityDirectory a prepared {@link SecurityFolder}, for a broker with TLS, passwords and ACLs; null for none
 * @param overrides broker configuration by Kafka's own keys, stronger than the defaults of this module
 */
public record EmbeddedBrokerSettings(
        Path dataDirectory,
        String host,
        int brokerPort,
        int controllerPort,
        @Nullable String clusterId,
        @Nullable Path securityDirectory,
        Map<String, String> overrides) {

    private static final String OVERRIDE = "override.";
    private static final String SECURITY = "security.directory";

    public EmbeddedBrokerSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        Ports.requireValid(brokerPort, "brokerPort");
        Ports.requireValid(controllerPort, "controllerPort");
        if (brokerPort != 0 && brokerPort == controllerPort) {
            throw new IllegalArgumentException("brokerPort and controllerPort are both " + brokerPort
                    + "; expected two different ports, or 0 for free ones");
        }
        overrides = Map.copyOf(overrides);
    }

    /** Loopback, free ports, no overrides. */
    public static EmbeddedBrokerSettings in(Path dataDirectory) {
        return new EmbeddedBrokerSettings(dataDirectory, "127.0.0.1", 0, 0, null, null, Map.of());
    }

    public EmbeddedBrokerSettings withPorts(int newBrokerPort, int newControllerPort) {
        return new EmbeddedBrokerSettings(
                dataDirectory, host, newBrokerPort, newControllerPort, clusterId, securityDirectory, overrides);
    }

    public EmbeddedBrokerSettings withClusterId(String newClusterId) {
        return new EmbeddedBrokerSettings(
                dataDirectory, host, brokerPort, controllerPort, newClusterId, securityDirectory, overrides);
    }

    public EmbeddedBrokerSettings withOverrides(Map<String, String> newOverrides) {
        return new EmbeddedBrokerSettings(
                dataDirectory, host, brokerPort, controllerPort, clusterId, securityDirectory, newOverrides);
    }

    public EmbeddedBrokerSettings withSecurity(Path directory) {
        return new EmbeddedBrokerSettings(
                dataDirectory, host, brokerPort, controllerPort, clusterId, directory.toAbsolutePath(), overrides);
    }

    /** The secrets of a secure broker; empty for a plain one. */
    Optional<SecurityFolder> security() {
        return Optional.ofNullable(securityDirectory).map(SecurityFolder::open);
    }

    /** The arguments of {@link BrokerMain} that stand for these settings. */
    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "data.directory=" + dataDirectory,
                "host=" + host,
                "broker.port=" + brokerPort,
                "controller.port=" + controllerPort));
        if (clusterId != null) {
            arguments.add("cluster.id=" + clusterId);
        }
        if (securityDirectory != null) {
            arguments.add(SECURITY + "=" + securityDirectory);
        }
        overrides.forEach((key, value) -> arguments.add(OVERRIDE + key + "=" + value));
        return arguments;
    }

    /** The inverse of {@link #toArguments()}; all but the directory may be absent. */
    static EmbeddedBrokerSettings fromArguments(Map<String, String> arguments) {
        String directory = arguments.get("data.directory");
        if (directory == null) {
            throw new IllegalArgumentException("Argument data.directory=PATH is missing");
        }
        String security = arguments.get(SECURITY);
        Map<String, String> overrides = new HashMap<>();
        arguments.forEach((key, value) -> {
            if (key.startsWith(OVERRIDE)) {
                overrides.put(key.substring(OVERRIDE.length()), value);
            }
        });
        return new EmbeddedBrokerSettings(
                Path.of(directory),
                arguments.getOrDefault("host", "127.0.0.1"),
                Integer.parseInt(arguments.getOrDefault("broker.port", "0")),
                Integer.parseInt(arguments.getOrDefault("controller.port", "0")),
                arguments.get("cluster.id"),
                security == null ? null : Path.of(security),
                overrides);
    }
}
