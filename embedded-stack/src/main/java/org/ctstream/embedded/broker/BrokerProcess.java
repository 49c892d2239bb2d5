package org.ctstream.embedded.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.ctstream.embedded.part.DirectoryInUseException;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.part.ExitCodes;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.embedded.process.ChildStartException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in a child JVM: it can be killed like a machine that loses power, and its faults stay its own. It ends
 * when this JVM ends.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class BrokerProcess implements Broker {

    /** Half a GiB of heap holds a few records of 16 MiB in flight; the rest of the records lives in the page cache. */
    public static final List<String> DEFAULT_JVM_ARGUMENTS =
            List.of("-Xms64m", "-Xmx512m", "-XX:+UseParallelGC", "-Dlogback.configurationFile=logback-broker.xml");

    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final EmbeddedBrokerSettings settings;
    private final List<String> jvmArguments;
    private final Path logFile;
    private final Duration startTimeout;
    private BrokerPorts ports;
    private @Nullable ChildJvm child;

    /**
     * @param logFile where the broker's output is appended
     * @param startTimeout how long a start may take
     */
    public BrokerProcess(EmbeddedBrokerSettings settings, Path logFile, Duration startTimeout) {
        this(settings, DEFAULT_JVM_ARGUMENTS, logFile, startTimeout);
    }

    public BrokerProcess(
            EmbeddedBrokerSettings settings, List<String> jvmArguments, Path logFile, Duration startTimeout) {
        this.settings = settings;
        this.jvmArguments = List.copyOf(jvmArguments);
        this.logFile = logFile.toAbsolutePath();
        this.startTimeout = startTimeout;
        this.ports = BrokerPorts.asked(settings);
    }

    /** @throws ClusterIdMismatchException if the directory has another cluster id than the settings ask for */
    @Override
    public synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException("The broker is running on " + bootstrapServers());
        }
        Path readyFile =
                settings.dataDirectory().resolveSibling(settings.dataDirectory().getFileName() + ".ready");
        List<String> arguments = new ArrayList<>(
                settings.withPorts(ports.broker(), ports.controller()).toArguments());
        arguments.add(BrokerMain.READY_FILE + "=" + readyFile);
        try {
            Files.createDirectories(settings.dataDirectory());
            Files.deleteIfExists(readyFile);
            child = ChildJvm.builder(name(), BrokerMain.class.getName())
                    .jvmArguments(jvmArguments)
                    .arguments(arguments)
                    .logFile(logFile)
                    .start(() -> Files.exists(readyFile), startTimeout);
            ports = read(readyFile);
        } catch (ChildStartException e) {
            throw typed(e);
        } catch (IOException e) {
            throw new EmbeddedException(
                    "Cannot use broker data directory " + settings.dataDirectory() + " (" + e
                            + "). Choose one that can be written.",
                    e);
        }
    }

    @Override
    public synchronized void stop() {
        if (child != null) {
            child.stop(STOP_GRACE);
            child = null;
        }
    }

    @Override
    public synchronized void kill() {
        if (child != null) {
            child.kill();
            child = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return child != null && child.isAlive();
    }

    @Override
    public synchronized String bootstrapServers() {
        if (!ports.complete()) {
            throw new IllegalStateException("The broker has no port before its first start");
        }
        return ports.bootstrapServers(settings.host());
    }

    /** @throws IllegalStateException if the broker is not running */
    public synchronized long pid() {
        if (child == null) {
            throw new IllegalStateException("The broker is not running");
        }
        return child.pid();
    }

    private EmbeddedException typed(ChildStartException e) {
        switch (e.childExitCode().orElse(ExitCodes.OTHER)) {
            case ExitCodes.PORT_TAKEN -> ports.requireFree(settings.host());
            case ExitCodes.DIRECTORY_IN_USE -> {
                return new DirectoryInUseException(settings.dataDirectory());
            }
            case ExitCodes.CLUSTER_ID_MISMATCH -> {
                return new ClusterIdMismatchException(
                        settings.dataDirectory(),
                        Objects.requireNonNullElse(settings.clusterId(), "any"),
                        Objects.requireNonNullElse(ClusterIdentity.read(settings.dataDirectory()), "none"));
            }
            default -> {}
        }
        return e;
    }

    private static BrokerPorts read(Path readyFile) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(readyFile)) {
            properties.load(reader);
        }
        return new BrokerPorts(
                Integer.parseInt(properties.getProperty(BrokerMain.BROKER_PORT)),
                Integer.parseInt(properties.getProperty(BrokerMain.CONTROLLER_PORT)));
    }
}
