package org.ctstream.cli.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.StoredScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class StoredResultsTest {
    private static final Instant SINCE = Instant.parse("2026-11-23T00:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void pagesAreFollowedToTheEndWithThePasswordOfTheEnvironment() {
        List<StoredScan> scans = new ArrayList<>();
        try (StoredResults results =
                open(List.of("--sink", url() + "/"), Map.of("CTSTREAM_HTTP_BASIC_AUTH_USER_INFO", "reader:secret"))) {
            results.each(SINCE, scans::add);
            assertThat(results.place()).doesNotContain("secret");
        }

        assertThat(scans).extracting(StoredScan::scanId).containsExactly("a", "b");
        assertThat(asked)
                .containsExactly(
                        "/api/stored?since=2026-11-23T00:00:00Z&limit=10000 Basic cmVhZGVyOnNlY3JldA==",
                        "/api/stored?after=next&limit=10000 Basic cmVhZGVyOnNlY3JldA==");
    }

    @Test
    void scanWithoutAResultHasNone() {
        status = 404;

        try (StoredResults results = open(List.of("--sink", url()), Map.of())) {
            assertThat(results.ofScan("a scan/../x")).isEmpty();
        }
        assertThat(asked).containsExactly("/api/results/a%20scan%2F..%2Fx null");
    }

    @Test
    void sinkThatWantsAPasswordSaysWhereToPutIt() {
        status = 401;

        try (StoredResults results = open(List.of("--sink", url()), Map.of())) {
            assertThatThrownBy(() -> results.ofScan("a"))
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("CTSTREAM_HTTP_BASIC_AUTH_USER_INFO");
        }
    }

    @Test
    void sinkThatIsNotThereIsNamedWithTheOtherWay() {
        server.stop(0);

        try (StoredResults results = open(List.of("--sink", url()), Map.of())) {
            assertThatThrownBy(() -> results.ofScan("a"))
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("--sink")
                    .hasMessageContaining("--database");
        }
    }

    @Test
    void misspeltDatabaseFileIsRefusedAndNotMade(@TempDir Path folder) {
        Path file = folder.resolve("nowhere");

        try (var results = new DatabaseResults("jdbc:h2:file:" + file, "", "", Duration.ofMillis(500))) {
            assertThatThrownBy(() -> results.ofScan("a")).isInstanceOf(StageException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        boolean first = String.valueOf(exchange.getRequestURI()).contains("since=");
        String body = status != 200
                ? "{\"error\":\"not_found\"}"
                : "{\"stored\":[" + row(first ? "a" : "b") + "],\"next\":" + (first ? "\"next\"" : "null") + "}";
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static StoredResults open(List<String> arguments, Map<String, String> environment) {
        var holder = new Holder();
        new CommandLine(holder).parseArgs(arguments.toArray(String[]::new));
        return holder.options.open(Connection.plain("localhost:1", "mock://none"), environment);
    }

    @Command(name = "test")
    private static final class Holder {
        @Mixin
        private final ResultsOptions options = new ResultsOptions();
    }

    private static String row(String scan) {
        return "{\"scanId\":\"" + scan + "\",\"modelName\":\"net\",\"modelVersion\":\"1\",\"resultId\":\"r\","
                + "\"storedAt\":\"2026-11-23T01:00:00Z\"}";
    }
}
