package org.ctstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.ctstream.service.config.ServiceConfig;
import org.jspecify.annotations.Nullable;

/** A sink that runs on a thread of its own. */
final class RunningSink implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ResultsSink sink;
    private final CompletableFuture<Void> end;

    private RunningSink(ResultsSink sink) {
        this.sink = sink;
        this.end = CompletableFuture.runAsync(sink::run, task -> new Thread(task, "sink-under-test").start());
    }

    static RunningSink start(ServiceConfig config) {
        return new RunningSink(ResultsSink.create(config));
    }

    static RunningSink start(ServiceConfig config, Supplier<Producer<byte[], byte[]>> producers) {
        return new RunningSink(ResultsSink.create(config, producers));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    byte[] bytes(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    HttpResponse<String> post(String path, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + sink.httpPort() + path);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitReadiness(int status, String text) {
        await().atMost(LONG).untilAsserted(() -> {
            HttpResponse<String> answer = get("/readyz");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(text);
        });
    }

    /** Waits for the sink to end by itself and returns why. */
    @Nullable
    Throwable awaitEnd() {
        await().atMost(LONG).until(end::isDone);
        try {
            end.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    /** Drains and closes. */
    @Override
    public void close() {
        sink.requestStop();
        awaitEnd();
        sink.close();
    }
}
