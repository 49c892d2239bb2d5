package org.ctstream.cli.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ctstream.cli.Ctstream;
import org.ctstream.embedded.process.ChildJvm;
import org.jspecify.annotations.Nullable;

/**
 * One service of a local stack, as a child JVM of this same program.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class RoleProcess {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    /** Longer than {@code drain.timeout.ms}, which is 30 s: a stop must not be cut short. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(45);

    private static final Map<String, String> OFFLINE = Map.of("DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true");

    private final Role role;
    private final String name;
    private final Path configFile;
    private final Path logFile;
    private final ServiceHealth health;
    private final List<String> jvmArguments;
    private @Nullable ChildJvm child;

    /**
     * One that is not started yet.
     *
     * @param name what messages call it
     * @param configFile its configuration
     * @param logFile its output, which is appended to
     * @param httpPort the port its configuration gives it
     */
    public RoleProcess(Role role, String name, Path configFile, Path logFile, int httpPort) {
        this(role, name, configFile, logFile, httpPort, List.of());
    }

    /**
     * One that is not started yet.
     *
     * @param name what messages call it
     * @param configFile its configuration
     * @param logFile its output, which is appended to
     * @param httpPort the port its configuration gives it
     * @param further arguments of its JVM, after the role's own
     */
    public RoleProcess(Role role, String name, Path configFile, Path logFile, int httpPort, List<String> further) {
        this.role = role;
        this.name = name;
        this.configFile = configFile;
        this.logFile = logFile;
        this.health = new ServiceHealth(httpPort);
        this.jvmArguments =
                Stream.concat(role.jvmArguments().stream(), further.stream()).toList();
    }

    /** For example {@code worker-1}. */
    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public Path logFile() {
        return logFile;
    }

    /** Base of its HTTP port. */
    public String url() {
        return health.url();
    }

    /** What is not ready in it, in words; empty if it is ready. */
    public String complaint() {
        return isAlive() ? health.complaint() : "the process has ended";
    }

    public synchronized boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** @throws IllegalStateException if it is not running */
    public synchronized long pid() {
        return running().pid();
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @throws org.ctstream.embedded.process.ChildStartException if it ends or is not ready in time, with its log's end
     */
    public void start() {
        // Not under the lock: a start takes seconds, and others ask whether it is alive meanwhile.
        ChildJvm started = ChildJvm.builder(name, Ctstream.class.getName())
                .jvmArguments(jvmArguments)
                .arguments(List.of(role.command(), "--config", configFile.toString(), "--no-environment"))
                .environment(OFFLINE)
                .environment(role.environment())
                .orphanGrace(Duration.ofSeconds(3))
                .logFile(logFile)
                .start(health::isReady, START_TIMEOUT);
        synchronized (this) {
            child = started;
        }
    }

    /** The exit code of a process that has ended; -1 while it runs. */
    synchronized int exitCode() {
        return child == null ? -1 : child.exitCode().orElse(-1);
    }

    /** Asks it to drain and waits for that. */
    public void stop() {
        ChildJvm current;
        synchronized (this) {
            current = child;
        }
        if (current != null) {
            current.stop(STOP_GRACE);
        }
    }

    private ChildJvm running() {
        if (child == null) {
            throw new IllegalStateException(name + " has not been started");
        }
        return child;
    }
}
