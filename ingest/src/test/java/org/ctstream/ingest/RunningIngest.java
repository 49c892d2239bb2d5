package org.ctstream.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.config.ServiceConfig;

/** The whole service on a thread of its own, seen through its HTTP port as an operator sees it. */
final class RunningIngest implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final IngestService service;
    private final CompletableFuture<Void> ended;

    /** @param keys configuration keys and values in turn */
    RunningIngest(String bootstrapServers, String registryUrl, String... keys) {
        var given = new HashMap<>(
                Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registryUrl, "http.port", "0"));
        for (int i = 0; i < keys.length; i += 2) {
            given.put(keys[i], keys[i + 1]);
        }
        service = IngestService.create(ServiceConfig.of("ingest", IngestKeys.def(), given));
        ended = CompletableFuture.runAsync(service::run, task -> new Thread(task, "ingest-main").start());
    }

    boolean isReady() {
        return get("/readyz").startsWith("200");
    }

    String readiness() {
        return get("/readyz");
    }

    String metrics() {
        return get("/metrics");
    }

    private String get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Completes when the service has ended, by itself or because it was told to. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Stops as SIGTERM does, and waits for the end; throws what the service threw. */
    void stop() throws Exception {
        service.requestStop();
        ended.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        try {
            stop();
        } finally {
            service.close();
        }
    }
}
