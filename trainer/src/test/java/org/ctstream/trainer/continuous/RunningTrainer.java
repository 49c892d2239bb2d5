package org.ctstream.trainer.continuous;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ctstream.service.config.ServiceConfig;

/** A trainer on a thread of its own, asked over HTTP as people ask it. */
final class RunningTrainer implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final TrainerService service;
    private final CompletableFuture<Void> running;

    RunningTrainer(Map<String, String> keys) {
        this.service = TrainerService.create(ServiceConfig.of("trainer", TrainerKeys.def(), keys), "1.0-test");
        this.running = CompletableFuture.runAsync(service::run, task -> new Thread(task, "trainer-it").start());
    }

    /** Asks it to stop, waits until it has, and gives the milliseconds that took. */
    long stop() throws Exception {
        long start = System.nanoTime();
        service.requestStop();
        running.get(30, TimeUnit.SECONDS);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    boolean isRunning() {
        return !running.isDone();
    }

    HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Value of the first meter whose name and tags match, NaN if there is none yet. */
    double metric(String pattern) {
        Matcher line = Pattern.compile("(?m)^ctstream_trainer_" + pattern + " (\\S+)$")
                .matcher(get("/metrics").body());
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }

    double released() {
        return metric("runs_total\\{[^}]*outcome=\"released\"[^}]*\\}");
    }

    double failed() {
        return metric("runs_total\\{[^}]*outcome=\"failed\"[^}]*\\}");
    }

    @Override
    public void close() throws Exception {
        stop();
        service.close();
    }
}
