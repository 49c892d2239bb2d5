package org.ctstream.cli.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.cli.Ctstream;
import org.ctstream.embedded.part.Ports;
import org.ctstream.embedded.process.ChildJvm;

/** One service as its own process, started as an operator would: {@code ctstream ROLE --config FILE}. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final ChildJvm child;
    private final int port;

    private ServiceProcess(ChildJvm child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts it and waits until it is ready. */
    public static ServiceProcess start(Path folder, String role, String instance, Map<String, String> keys)
            throws IOException {
        int port = Ports.free("127.0.0.1", 0);
        var all = new TreeMap<>(keys);
        all.put("instance.name", instance);
        all.put("http.port", Integer.toString(port));
        Path config = folder.resolve(instance + ".properties");
        Files.write(
                config,
                all.entrySet().stream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .toList());
        ChildJvm child = ChildJvm.builder(instance, Ctstream.class.getName())
                .arguments(List.of(role, "--config", config.toString()))
                .jvmArguments(List.of("-Xmx512m"))
                .environment(Map.of("DJL_OFFLINE", "true"))
                .logFile(folder.resolve(instance + ".log"))
                .start(() -> status(port, "/readyz") == 200, START_TIMEOUT);
        return new ServiceProcess(child, port);
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The body of a GET on its HTTP port. */
    public String get(String path) {
        try {
            return HTTP.send(request(port, path), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException("No answer from " + child + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}. */
    public void kill() {
        child.kill();
    }

    /** SIGTERM, and waits for the drain. */
    @Override
    public void close() {
        child.stop(STOP_GRACE);
    }

    private static int status(int port, String path) {
        try {
            return HTTP.send(request(port, path), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
    }
}
