package org.ctstream.cli.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Json;
import org.ctstream.sink.store.ResultRow;
import org.ctstream.sink.store.StoredScan;
import org.ctstream.sink.store.StoredScanPage;

/** By the sink's HTTP API. */
final class SinkResults implements StoredResults {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final String url;
    private final String userInfo;

    /** @param userInfo {@code user:password}, or empty */
    SinkResults(String url, String userInfo) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.userInfo = userInfo;
    }

    @Override
    public List<ResultRow> ofScan(String scanId) {
        // The path is one segment; URLEncoder is for queries and writes a space as a plus.
        String path = "/api/results/" + URLEncoder.encode(scanId, UTF_8).replace("+", "%20");
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() == NOT_FOUND && json(path, answer).has("error")) {
            return List.of();
        }
        var rows = new ArrayList<ResultRow>();
        for (JsonNode row : json(path, require(path, answer)).path("results")) {
            rows.add(Json.MAPPER.convertValue(row, ResultRow.class));
        }
        return List.copyOf(rows);
    }

    @Override
    public void each(Instant since, Consumer<StoredScan> each) {
        String place = "since=" + since;
        while (!place.isEmpty()) {
            String path = "/api/stored?" + place + "&limit=" + StoredScanPage.MAX_LIMIT;
            var page = Json.MAPPER.convertValue(json(path, require(path, get(path))), StoredScanPage.class);
            page.stored().forEach(each);
            place = page.next() == null ? "" : "after=" + URLEncoder.encode(page.next(), UTF_8);
        }
    }

    @Override
    public String place() {
        return "the results sink " + url;
    }

    @Override
    public void close() {
        // The JDK's client of this level ends with its last reference.
    }

    private HttpResponse<String> get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_TIMEOUT);
            if (!userInfo.isEmpty()) {
                request.header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)));
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot use --sink " + url + " (expected: as http://localhost:8080)", e);
        } catch (IOException e) {
            throw CliException.failure(
                    "The results sink does not answer on " + url + " ("
                            + e.getClass().getSimpleName()
                            + "). Is it running, and is --sink right? --database URL asks its database instead.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }

    private HttpResponse<String> require(String path, HttpResponse<String> answer) {
        if (answer.statusCode() == UNAUTHORIZED) {
            throw CliException.failure(
                    "The results sink " + url + " wants a user and a password: set " + ResultsOptions.USER_INFO
                            + "=user:password in the environment, or " + ResultsOptions.USER_INFO_KEY
                            + " in the file of --command-config",
                    null);
        }
        if (answer.statusCode() != OK) {
            throw CliException.failure(
                    "The results sink " + url + " answered " + answer.statusCode() + " to " + path + ": "
                            + answer.body(),
                    null);
        }
        return answer;
    }

    private JsonNode json(String path, HttpResponse<String> answer) {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw CliException.failure("What answers on " + url + path + " is no results sink (expected: JSON)", e);
        }
    }
}
