package org.ctstream.cli.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Json;
import org.ctstream.sink.store.DeliveryRow;
import org.ctstream.sink.store.EndpointCounts;
import org.jspecify.annotations.Nullable;

/** The outbox of alerts, by the sink's HTTP API. For one thread. */
final class SinkAlerts {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final String url;
    private final String userInfo;

    /** @param userInfo {@code user:password}, or empty */
    SinkAlerts(String url, String userInfo) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.userInfo = userInfo;
    }

    List<EndpointCounts> endpoints() {
        return read(send("/api/webhooks", null), "endpoints", EndpointCounts.class);
    }

    /** @param query of the API, such as {@code dead?limit=100} */
    List<DeliveryRow> list(String query) {
        return read(send("/api/webhooks/" + query, null), "deliveries", DeliveryRow.class);
    }

    /** @param request body of {@code POST /api/webhooks/replay} */
    List<DeliveryRow> replay(Object request) {
        return read(send("/api/webhooks/replay", Json.line(request)), "deliveries", DeliveryRow.class);
    }

    private JsonNode send(String path, @Nullable String body) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_TIMEOUT);
            if (body != null) {
                request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
            }
            if (!userInfo.isEmpty()) {
                request.header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)));
            }
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == UNAUTHORIZED) {
                throw CliException.failure(
                        "The results sink " + url + " wants a user and a password: set " + SinkOption.USER_INFO
                                + "=user:password in the environment",
                        null);
            }
            if (answer.statusCode() != OK) {
                throw CliException.failure(
                        "The results sink " + url + " answered " + answer.statusCode() + " to " + path + ": "
                                + answer.body(),
                        null);
            }
            return Json.MAPPER.readTree(answer.body());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot use --sink " + url + " (expected: as http://localhost:8080)", e);
        } catch (IOException e) {
            throw CliException.failure(
                    "The results sink does not answer on " + url + " ("
                            + e.getClass().getSimpleName() + "). Is it running, and is --sink right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }

    private static <T> List<T> read(JsonNode answer, String field, Class<T> type) {
        var rows = new ArrayList<T>();
        answer.path(field).forEach(row -> rows.add(Json.MAPPER.convertValue(row, type)));
        return rows;
    }
}
