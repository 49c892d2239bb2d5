package org.ctstream.cli.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What runs on this machine.
 *
 * @param kafkaPort port of the broker; 0 takes a free one, and so for the others
 * @param httpPort port of the results sink: API and review page
 * @param workers inference workers, 1 or more
 * @param engine engine of the workers
 * @param model release to put into production before the workers start; empty leaves what is in production, which is the
 *     default release if nothing is
 * @param settings further keys of the services, each as {@code ROLE.KEY}
 * @param secure whether broker and registry ask for passwords, speak TLS and check rights
 */
public record StackSettings(
        Path dataDirectory,
        int kafkaPort,
        int registryPort,
        int httpPort,
        int workers,
        String engine,
        Optional<ReleaseChoice> model,
        Map<String, String> settings,
        boolean secure) {
    public StackSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        if (workers < 1) {
            throw new IllegalArgumentException("workers " + workers + " (expected: 1 or more)");
        }
        settings = Map.copyOf(settings);
    }

    /** Without security: everything listens on loopback alone. */
    public StackSettings(
            Path dataDirectory,
            int kafkaPort,
            int registryPort,
            int httpPort,
            int workers,
            String engine,
            Optional<ReleaseChoice> model,
            Map<String, String> settings) {
        this(dataDirectory, kafkaPort, registryPort, httpPort, workers, engine, model, settings, false);
    }

    /** The workers' model store. */
    public Path modelStore() {
        return dataDirectory.resolve("models");
    }

    /** Where the workers' engines keep what they build for this machine. */
    Path engineCache() {
        return dataDirectory.resolve("engine-cache");
    }

    Path logDirectory() {
        return dataDirectory.resolve("logs");
    }

    Path configDirectory() {
        return dataDirectory.resolve("config");
    }
}
