package org.ctstream.benchmarks.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ctstream.benchmarks.cluster.ServicePages;
import org.ctstream.cli.CliException;

/** The results sink's API: what is stored, and since when. Thread-safe. */
final class StoredResults {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final ServicePages pages;

    StoredResults(ServicePages pages) {
        this.pages = pages;
    }

    /**
     * A stored result's times.
     *
     * @param receivedAt when it was published
     */
    record Result(String scanId, Instant receivedAt, Instant storedAt) {
        Duration latency() {
            return Duration.between(receivedAt, storedAt);
        }
    }

    /** How many there are; up to a second old. */
    long count() {
        return json(pages.get("/api/stats")).path("stored").asLong();
    }

    /** The result of one scan, once it is there. */
    Optional<Result> ofScan(String scanId) {
        HttpResponse<String> answer = pages.get("/api/results/" + scanId);
        return answer.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(result(json(answer).path("results").path(0)));
    }

    /** All results of scans published then or later. */
    List<Result> publishedSince(Instant time) {
        var results = new ArrayList<Result>();
        String after = "";
        do {
            JsonNode page = json(pages.get("/api/results?limit=500"
                    + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8))));
            after = page.path("next").asText("");
            for (JsonNode row : page.path("results")) {
                Result result = result(row);
                if (result.storedAt().isBefore(time)) {
                    return results; // newest first: the others are older still
                }
                if (!result.receivedAt().isBefore(time)) {
                    results.add(result);
                }
            }
        } while (!after.isEmpty() && !after.equals("null"));
        return results;
    }

    private static Result result(JsonNode row) {
        return new Result(
                row.path("scanId").asText(),
                Instant.parse(row.path("receivedAt").asText()),
                Instant.parse(row.path("storedAt").asText()));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            if (answer.statusCode() == OK) {
                return JSON.readTree(answer.body());
            }
        } catch (JsonProcessingException e) {
            throw CliException.failure("The results sink's answer is no JSON: " + answer.body(), e);
        }
        throw CliException.failure(
                "The results sink answered " + answer.statusCode() + " to " + answer.uri() + ": " + answer.body(),
                null);
    }
}
