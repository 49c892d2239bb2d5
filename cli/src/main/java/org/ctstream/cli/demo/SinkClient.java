package org.ctstream.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Json;

/** Asks the results sink's HTTP API. Thread-safe. */
final class SinkClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int PAGE = 500;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String url;
    private final Optional<String> authorization;

    /** @param userInfo {@code user:password}, if the sink asks for one */
    SinkClient(String url, Optional<String> userInfo) {
        this.url = url;
        this.authorization = userInfo.map(
                secret -> "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Results in the database, of this run and earlier ones. */
    long stored() {
        return get("/api/stats").path("stored").asLong();
    }

    /** Every result stored at that time or later, newest first. */
    List<StoredResult> since(Instant time) {
        Map<String, StoredResult> results = new LinkedHashMap<>();
        String after = "";
        do {
            JsonNode page = get("/api/results?limit=" + PAGE
                    + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)));
            after = page.path("next").asText("");
            for (JsonNode row : page.path("results")) {
                StoredResult result = Json.MAPPER.convertValue(row, StoredResult.class);
                if (result.storedAt().isBefore(time)) {
                    return new ArrayList<>(results.values());
                }
                results.put(result.resultId(), result);
            }
        } while (!after.isEmpty() && !after.equals("null"));
        return new ArrayList<>(results.values());
    }

    private JsonNode get(String path) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
            authorization.ifPresent(value -> request.header("Authorization", value));
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw CliException.failure(
                        "The results sink answered " + answer.statusCode() + " to " + path + ": " + answer.body(),
                        null);
            }
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw CliException.failure("The results sink does not answer on " + url + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }
}
