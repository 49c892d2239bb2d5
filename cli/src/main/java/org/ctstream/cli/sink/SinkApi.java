package org.ctstream.cli.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Json;
import org.jspecify.annotations.Nullable;

/** One results sink, asked by HTTP. Every method throws a {@link CliException} that names it. Thread-safe. */
public final class SinkApi {
    /** Environment variable of a sink's {@code user:password}. */
    public static final String USER_INFO = "CTSTREAM_HTTP_BASIC_AUTH_USER_INFO";

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
    private final Hints hints;

    /**
     * What a user can do about a sink that does not let them in, or is not there.
     *
     * @param password where else than in the environment a password can be given; may be empty
     * @param away what else than this sink can be asked; may be empty
     */
    public record Hints(String password, String away) {
        /** The environment alone, and this sink alone. */
        public static final Hints NONE = new Hints("", "");
    }

    /** @param userInfo {@code user:password}, or empty */
    public SinkApi(String url, String userInfo, Hints hints) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.userInfo = userInfo;
        this.hints = hints;
    }

    public String url() {
        return url;
    }

    /** @param path of the API, with its query */
    public JsonNode get(String path) {
        return json(path, require(path, send(path, null)));
    }

    /** The same; empty if the sink has no such thing. */
    public Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = send(path, null);
        // Another server would say 404 as well; only the sink's has this field.
        return answer.statusCode() == NOT_FOUND && json(path, answer).has("error")
                ? Optional.empty()
                : Optional.of(json(path, require(path, answer)));
    }

    /** @param body written as JSON */
    public JsonNode post(String path, Object body) {
        return json(path, require(path, send(path, Json.line(body))));
    }

    private HttpResponse<String> send(String path, @Nullable String body) {
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
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot use --sink " + url + " (expected: as http://localhost:8080)", e);
        } catch (IOException e) {
            throw CliException.failure(
                    "The results sink does not answer on " + url + " ("
                            + e.getClass().getSimpleName() + "). Is it running, and is --sink right?" + hints.away(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted", e);
        }
    }

    private HttpResponse<String> require(String path, HttpResponse<String> answer) {
        if (answer.statusCode() == UNAUTHORIZED) {
            throw CliException.failure(
                    "The results sink " + url + " wants a user and a password: set " + USER_INFO
                            + "=user:password in the environment" + hints.password(),
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
