package org.ctstream.embedded.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.embedded.part.DirectoryInUseException;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.part.ExitCodes;
import org.ctstream.embedded.part.PortTakenException;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.part.StackPart;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.embedded.process.ChildStartException;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry (Apicurio) with Confluent's REST API, in a child JVM with an H2 file as its database. It ends when
 * this JVM ends.
 *
 * <p>The compatibility level is set at every start: Apicurio's own default is NONE, Confluent's is BACKWARD.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
public final class EmbeddedRegistry implements StackPart {

    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final EmbeddedRegistrySettings settings;
    private int port;
    private @Nullable ChildJvm child;

    public EmbeddedRegistry(EmbeddedRegistrySettings settings) {
        this.settings = settings;
        this.port = settings.port();
    }

    @Override
    public String name() {
        return "registry";
    }

    /** @throws RegistryNotFoundException if the registry's distribution is not there */
    @Override
    public synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException("The registry is running at " + url());
        }
        Path runner = RegistryHome.runnerJar();
        if (port != 0) {
            startOn(port, runner);
        } else {
            startOnFreePort(runner);
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

    /**
     * What clients put into {@code schema.registry.url}; the same after a restart.
     *
     * @throws IllegalStateException before the first start
     */
    public synchronized String url() {
        if (port == 0) {
            throw new IllegalStateException("The registry has no port before its first start");
        }
        return url(port);
    }

    private void startOnFreePort(Path runner) {
        PortTakenException clash = null;
        for (int attempt = 0; attempt < Ports.ATTEMPTS; attempt++) {
            int candidate = Ports.free(settings.host(), 0);
            try {
                startOn(candidate, runner);
                port = candidate;
                return;
            } catch (PortTakenException e) {
                clash = e;
            }
        }
        throw new EmbeddedException(
                "The free ports found for the registry were taken " + Ports.ATTEMPTS
                        + " times before it could listen. Name a port that is reserved for it.",
                clash);
    }

    private void startOn(int candidate, Path runner) {
        Ports.requireFree(name(), settings.host(), candidate);
        RegistryHttp http = new RegistryHttp(url(candidate), settings.security());
        ChildJvm started;
        try {
            started = ChildJvm.builder(name(), RegistryMain.class.getName())
                    .classPath(List.of(runner))
                    .jvmArguments(jvmArguments(candidate))
                    .arguments(List.of(settings.dataDirectory().toString()))
                    .workingDirectory(settings.dataDirectory())
                    .logFile(settings.logFile())
                    .start(http::answers, settings.startTimeout());
        } catch (ChildStartException e) {
            if (e.childExitCode().orElse(ExitCodes.OTHER) == ExitCodes.DIRECTORY_IN_USE) {
                throw new DirectoryInUseException(settings.dataDirectory());
            }
            Ports.requireFree(name(), settings.host(), candidate); // taken in between is the likeliest reason
            throw e;
        }
        try {
            http.setCompatibility(settings.compatibility());
        } catch (RuntimeException e) {
            started.kill();
            throw e;
        }
        child = started;
    }

    private List<String> jvmArguments(int candidate) {
        List<String> all = new ArrayList<>(common());
        settings.security()
                .ifPresentOrElse(
                        folder -> all.addAll(RegistrySecurity.jvmArguments(folder, candidate)),
                        () -> all.add("-Dquarkus.http.port=" + candidate));
        return all;
    }

    private List<String> common() {
        return List.of(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=" + settings.host(),
                "-Dquarkus.banner.enabled=false",
                "-Dquarkus.log.level=ERROR",
                "-Dquarkus.log.category.\"io.apicurio\".level=WARN",
                "-Dquarkus.datasource.jdbc.initial-size=2",
                "-Dquarkus.datasource.jdbc.min-size=2",
                // Its own 5 s are not enough to open H2 on a machine whose cores are taken, and end the start.
                "-Dquarkus.datasource.jdbc.acquisition-timeout=60",
                // Each commit on disk before it is acknowledged: a schema id that was given out is never given again.
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:"
                        + settings.dataDirectory().resolve("registry") + ";WRITE_DELAY=0");
    }

    private String url(int onPort) {
        String scheme = settings.securityDirectory() == null ? "http" : "https";
        return scheme + "://" + settings.host() + ":" + onPort + "/apis/ccompat/v7";
    }
}
