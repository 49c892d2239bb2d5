package org.ctstream.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.StringJoiner;
import org.ctstream.cli.console.Json;

/** Asks a service on this machine whether it is ready. Thread-safe. */
final class ServiceHealth {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final int port;

    ServiceHealth(int port) {
        this.port = port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    boolean isReady() throws IOException, InterruptedException {
        return ask().statusCode() == OK;
    }

    /** Empty if ready, otherwise what is not and why. */
    String complaint() {
        try {
            HttpResponse<String> answer = ask();
            return answer.statusCode() == OK ? "" : conditions(answer.body());
        } catch (IOException e) {
            return "does not answer on " + url() + ": " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                .timeout(TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String conditions(String body) throws IOException {
        var text = new StringJoiner("; ");
        JsonNode conditions = Json.MAPPER.readTree(body).path("conditions");
        for (var condition : conditions.properties()) {
            String state = condition.getValue().asText();
            if (!state.equals("ok")) {
                text.add(condition.getKey() + ": " + state);
            }
        }
        return text.length() == 0 ? "not ready" : text.toString();
    }
}
