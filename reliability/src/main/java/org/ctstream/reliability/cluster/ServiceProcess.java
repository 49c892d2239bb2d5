package org.ctstream.reliability.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ctstream.cli.Ctstream;
import org.ctstream.cli.stack.Role;
import org.ctstream.embedded.process.ChildJvm;
import org.jspecify.annotations.Nullable;

/**
 * A service as a process that may be killed, paused and started at any moment, also while it starts: unlike the command's
 * own, which waits until a service is ready.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class ServiceProcess {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LAUNCH_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_GRACE = Duration.ofSeconds(45);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_TIMEOUT)
            .build();
    private final Role role;
    private final String name;
    private final List<String> jvmArguments;
    private final Path config;
    private final Path log;
    private final String url;
    private @Nullable ChildJvm child;
    private boolean wanted;
    private int launches;
    private int deaths;

    /**
     * One that is not started yet.
     *
     * @param log its output, which is appended to
     */
    ServiceProcess(Role role, String name, List<String> jvmArguments, Path config, Path log, int port) {
        this.role = role;
        this.name = name;
        this.jvmArguments = List.copyOf(jvmArguments);
        this.config = config;
        this.log = log;
        this.url = "http://127.0.0.1:" + port;
    }

    public Role role() {
        return role;
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    /** Base of its HTTP port. */
    public String url() {
        return url;
    }

    /** Starts it if it does not run, and does not wait until it is ready. */
    public synchronized void launch() {
        wanted = true;
        if (isAlive()) {
            return;
        }
        launches++;
        child = ChildJvm.builder(name, Ctstream.class.getName())
                .jvmArguments(jvmArguments)
                .arguments(List.of(role.command(), "--config", config.toString(), "--no-environment"))
                .orphanGrace(Duration.ofSeconds(3))
                .logFile(log)
                .start(() -> true, LAUNCH_TIMEOUT);
    }

    /** Starts it again if it has ended by itself; returns its exit code then. */
    synchronized Optional<Integer> reviveIfDead() {
        if (!wanted || isAlive() || child == null) {
            return Optional.empty();
        }
        deaths++;
        int code = child.exitCode().orElse(0);
        launch();
        return Optional.of(code);
    }

    public synchronized boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** How often it ended though nobody asked it to. */
    public synchronized int deaths() {
        return deaths;
    }

    public synchronized int launches() {
        return launches;
    }

    /** @throws IllegalStateException if it was never started */
    public synchronized long pid() {
        if (child == null) {
            throw new IllegalStateException(name + " has not been started");
        }
        return child.pid();
    }

    /** SIGKILL; it stays down until it is launched. */
    public synchronized void kill() {
        wanted = false;
        if (child != null) {
            child.kill();
        }
    }

    /** Asks it to finish what it has, and waits for that; it stays down until it is launched. */
    public void stop() {
        ChildJvm current;
        synchronized (this) {
            wanted = false;
            current = child;
        }
        if (current != null) {
            current.stop(STOP_GRACE);
        }
    }

    public boolean isReady() {
        return isAlive() && status("/readyz") == OK;
    }

    public boolean isLive() {
        return isAlive() && status("/livez") == OK;
    }

    /** Whether {@code /readyz} has a note about a part, which leaves a service as ready as it is. */
    public boolean isNoted(String part) {
        return get("/readyz")
                .map(HttpResponse::body)
                .filter(body -> Json.read(body).path("notes").has(part))
                .isPresent();
    }

    /** Sum of the samples of a metric that have a label's text, empty for all; empty if there is no answer. */
    public OptionalDouble metric(String metric, String label) {
        Optional<String> page = page("/metrics");
        return page.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(page.get()
                        .lines()
                        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                        .filter(line -> line.contains(label))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum());
    }

    /** A page that was answered well. */
    public Optional<String> page(String path) {
        return get(path).filter(answer -> answer.statusCode() == OK).map(HttpResponse::body);
    }

    private int status(String path) {
        return get(path).map(HttpResponse::statusCode).orElse(0);
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            return Optional.of(client.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .timeout(ANSWER_TIMEOUT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty(); // killed, paused, or not there yet: that is what we are here for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
