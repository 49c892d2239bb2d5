package org.ctstream.reliability.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.embedded.part.Ports;
import org.ctstream.reliability.program.Patience;
import org.ctstream.service.config.CommonKeys;

/**
 * The services on a platform. One that ends by itself is started again, as an orchestrator would, and counted.
 *
 * <h2>Thread safety</h2>
 * Services are added and the fleet closed by one thread; the services may be used by any.
 */
public final class Fleet implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final long WATCH_EVERY_MS = 500;

    private final Platform platform;
    private final Function<Role, List<String>> further;
    private final StackListener listener;
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(run -> {
        var thread = new Thread(run, "fleet");
        thread.setDaemon(true);
        return thread;
    });

    /** One whose services have just the arguments of the JVM that the product gives them. */
    public Fleet(Platform platform, StackListener listener) {
        this(platform, role -> List.of(), listener);
    }

    /** One whose services are compiled by the quick compiler alone: where many starts matter more than speed. */
    public static Fleet startingQuickly(Platform platform, StackListener listener) {
        return new Fleet(platform, role -> List.of("-XX:TieredStopAtLevel=1"), listener);
    }

    /** @param further arguments of the JVMs, by role */
    @SuppressWarnings("FutureReturnValueIgnored") // look() reports its own failures
    public Fleet(Platform platform, Function<Role, List<String>> further, StackListener listener) {
        this.platform = platform;
        this.further = further;
        this.listener = listener;
        watch.scheduleWithFixedDelay(this::look, WATCH_EVERY_MS, WATCH_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Adds a service and launches it.
     *
     * @param name instance name, which also names its files
     * @param keys configuration beside the platform's own
     */
    public ServiceProcess add(Role role, String name, Map<String, String> keys) {
        int port = Ports.free("127.0.0.1", 0);
        Path config = platform.plan().folder().resolve("config").resolve(name + ".properties");
        write(config, keys(role, name, port, keys));
        var service = new ServiceProcess(
                role, name, jvmArguments(role), config, platform.logs().resolve(name + ".log"), port);
        services.add(service);
        service.launch();
        return service;
    }

    public List<ServiceProcess> all() {
        return List.copyOf(services);
    }

    public List<ServiceProcess> of(Role role) {
        return services.stream().filter(service -> service.role() == role).toList();
    }

    /** How often any of them ended though nobody asked it to. */
    public int deaths() {
        return services.stream().mapToInt(ServiceProcess::deaths).sum();
    }

    /** Waits until all are ready that run. */
    public void awaitReady() {
        awaitReady(START_TIMEOUT);
    }

    public void awaitReady(Duration longest) {
        for (ServiceProcess service : services) {
            if (service.isAlive()) {
                Patience.require(
                        service.name() + " is not ready; its log is " + service.log(), longest, service::isReady);
            }
        }
    }

    /** Lets all drain, side by side. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        watch.shutdownNow();
        Together.each(services, ServiceProcess::stop);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        for (ServiceProcess service : services) {
            try {
                service.reviveIfDead()
                        .ifPresent(code -> listener.trouble(service.name() + " ended by itself with exit code " + code
                                + " and is started again; its log is " + service.log()));
            } catch (RuntimeException e) {
                // Anything thrown from here would end the watch in silence.
                listener.trouble(service.name() + " cannot be started again: " + e.getMessage());
            }
        }
    }

    private Map<String, String> keys(Role role, String name, int port, Map<String, String> further) {
        var keys = new TreeMap<String, String>();
        keys.put(CommonKeys.BOOTSTRAP_SERVERS, platform.connection().bootstrapServers());
        keys.put(CommonKeys.SCHEMA_REGISTRY_URL, platform.connection().registryUrl());
        keys.put(CommonKeys.INSTANCE_NAME, name);
        keys.put(CommonKeys.HTTP_PORT, Integer.toString(port));
        keys.put(CommonKeys.TOPICS_CREATE, "false");
        Path folder = platform.plan().folder();
        switch (role) {
            case WORKER -> keys.put("model.store", folder.resolve("models").toString());
            case SINK -> keys.putAll(platform.database().keys());
            case INGEST ->
                keys.put(
                        "streams.state.dir",
                        folder.resolve("streams").resolve(name).toString());
        }
        keys.putAll(further);
        return keys;
    }

    private List<String> jvmArguments(Role role) {
        var all = new ArrayList<>(role.jvmArguments());
        all.addAll(further.apply(role));
        return all;
    }

    private static void write(Path file, Map<String, String> keys) {
        var properties = new Properties();
        properties.putAll(keys);
        try {
            Files.createDirectories(file.getParent());
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
