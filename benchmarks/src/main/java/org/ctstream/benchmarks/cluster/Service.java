package org.ctstream.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.RoleProcess;
import org.ctstream.embedded.part.Ports;
import org.ctstream.service.config.CommonKeys;

/** One service of a {@link Cluster}, in a process of its own with the JVM's options that the product gives it. */
public final class Service implements AutoCloseable {
    private final RoleProcess process;

    private Service(RoleProcess process) {
        this.process = process;
    }

    /**
     * Starts a service and waits until it is ready.
     *
     * @param name instance name, which also names its files; a service of each name once
     * @param keys configuration beside the cluster's own
     */
    public static Service start(Cluster cluster, Role role, String name, Map<String, String> keys) {
        return start(cluster, role, name, keys, List.of());
    }

    /**
     * Starts a service and waits until it is ready.
     *
     * @param name instance name, which also names its files; a service of each name once
     * @param keys configuration beside the cluster's own
     * @param jvmArguments of its JVM, after the product's own
     */
    public static Service start(
            Cluster cluster, Role role, String name, Map<String, String> keys, List<String> jvmArguments) {
        int port = Ports.free("127.0.0.1", 0);
        Path config = cluster.folder().resolve("config").resolve(name + ".properties");
        var properties = new Properties();
        properties.put(CommonKeys.BOOTSTRAP_SERVERS, cluster.connection().bootstrapServers());
        properties.put(CommonKeys.SCHEMA_REGISTRY_URL, cluster.connection().registryUrl());
        properties.put(CommonKeys.INSTANCE_NAME, name);
        properties.put(CommonKeys.HTTP_PORT, Integer.toString(port));
        properties.putAll(keys);
        try {
            Files.createDirectories(config.getParent());
            try (Writer writer = Files.newBufferedWriter(config)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + config, e);
        }
        Path log = cluster.folder().resolve("logs").resolve(name + ".log");
        var service = new Service(new RoleProcess(role, name, config, log, port, jvmArguments));
        service.process.start();
        return service;
    }

    public long pid() {
        return process.pid();
    }

    /** What its HTTP port tells. */
    public ServicePages pages() {
        return new ServicePages(process.url());
    }

    /** @throws CliException if it has ended */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw CliException.failure(
                    process.name() + " has ended before its time; its log is " + process.logFile(), null);
        }
    }

    /** Lets it drain and waits for its end. */
    @Override
    public void close() {
        process.stop();
    }
}
