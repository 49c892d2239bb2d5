package org.ctstream.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.SinkKeys;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.SampleResults;
import org.ctstream.sink.store.StatsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkRoutesTest {
    private static final TopicPartition PARTITION = new TopicPartition(SampleResults.TOPIC, 0);
    private static final String NOBODY_LISTENS = "jdbc:postgresql://127.0.0.1:1/none";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final Metrics metrics = new Metrics("test");
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(metrics));

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void resultsAreListedNewestFirstAndPagedByNext() throws Exception {
        String url = serve(stored(7), "");

        JsonNode first = json(get(url + "/api/results?limit=4"));
        JsonNode second =
                json(get(url + "/api/results?limit=4&after=" + first.get("next").asText()));

        assertThat(first.get("results")).hasSize(4);
        assertThat(second.get("results")).hasSize(3);
        assertThat(second.get("next").isNull()).isTrue();
        JsonNode result = first.get("results").get(0);
        assertThat(result.get("receivedAt").asText()).isEqualTo("2026-11-22T10:00:00.125Z");
        assertThat(result.get("modelTrained").asBoolean()).isTrue();
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "resultId",
                        "scanId",
                        "source",
                        "label",
                        "probability",
                        "threshold",
                        "indeterminateReason",
                        "modelName",
                        "modelVersion",
                        "modelDigest",
                        "modelTrained",
                        "engine",
                        "device",
                        "worker",
                        "priority",
                        "studyUid",
                        "seriesUid",
                        "instanceUid",
                        "receivedAt",
                        "normalizedAt",
                        "classifiedAt",
                        "storedAt",
                        "alertedAt");
    }

    @Test
    void labelAndSourceNarrowTheList() throws Exception {
        String url = serve(stored(7), "");

        assertThat(json(get(url + "/api/results?label=positive")).get("results"))
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.get("label").asText()).isEqualTo("POSITIVE"));
        assertThat(json(get(url + "/api/results?source=elsewhere")).get("results"))
                .isEmpty();
    }

    @Test
    void aScanIsShownWithAllItsResultsAndAnUnknownOneIsATypedNotFound() throws Exception {
        String url = serve(stored(2), "");

        assertThat(json(get(url + "/api/results/scan-1")).get("results")).hasSize(1);
        HttpResponse<String> unknown = get(url + "/api/results/nowhere");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).get("error").asText()).isEqualTo("not_found");
        assertThat(json(unknown).get("message").asText()).contains("nowhere");
        assertThat(json(unknown).get("remedy").asText()).isNotBlank();
    }

    @Test
    void statsAreServed() throws Exception {
        JsonNode stats = json(get(serve(stored(7), "") + "/api/stats"));

        assertThat(stats.get("stored").asLong()).isEqualTo(7);
        assertThat(stats.get("byLabel").get("POSITIVE").asLong()).isEqualTo(4);
        assertThat(stats.get("models").get(0).get("count").asLong()).isEqualTo(7);
        assertThat(stats.get("latencyMs").get("p95").asDouble()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=many",
                "label=MAYBE",
                "after=xyz",
                "lable=POSITIVE",
                "limit=1&limit=2",
                "source=%00"
            })
    void parametersThatDoNotFitAreRefusedWithARemedy(String query) throws Exception {
        HttpResponse<String> answer = get(serve(stored(1), "") + "/api/results?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("error").asText()).isEqualTo("bad_parameter");
        assertThat(json(answer).get("remedy").asText()).isNotBlank();
    }

    @Test
    void aDatabaseThatIsAwayIsSaidSoWithoutItsAddress() throws Exception {
        health.notReady("database", "away");
        HttpResponse<String> answer = get(serve(open(NOBODY_LISTENS), "") + "/api/results");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).get("error").asText()).isEqualTo("unavailable");
        assertThat(answer.body()).doesNotContain("127.0.0.1").doesNotContain("postgresql");
    }

    @Test
    void aPasswordGuardsEverythingButProbesAndMetrics() throws Exception {
        String url = serve(stored(1), "reader:pässword");

        for (String guarded : List.of("/", "/js/app.js", "/api/results", "/api/stats", "/nowhere", "/livez/")) {
            assertThat(get(url + guarded).statusCode()).as(guarded).isEqualTo(401);
        }
        for (String wrong : List.of("reader:password", "reader:", "x", "")) {
            assertThat(get(url + "/api/stats", basic(wrong)).statusCode()).isEqualTo(401);
        }
        assertThat(get(url + "/api/stats", "Basic !!").statusCode()).isEqualTo(401);
        assertThat(get(url + "/api/stats", "Bearer x").statusCode()).isEqualTo(401);
        assertThat(get(url + "/api/stats").headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
        assertThat(get(url + "/api/stats", basic("reader:pässword")).statusCode())
                .isEqualTo(200);
        health.ready("database");
        for (String free : List.of("/livez", "/readyz", "/metrics")) {
            assertThat(get(url + free).statusCode()).as(free).isEqualTo(200);
        }
    }

    @Test
    void thePageIsSelfContainedAndSaysWhatItIsNot() throws Exception {
        String url = serve(stored(1), "");
        HttpResponse<String> page = get(url + "/");

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body())
                .contains("Not a medical device.")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("style=")
                .doesNotContainPattern("<script>|\\son[a-z]+=");
        for (String file :
                List.of("/page.css", "/worklist.css", "/scan.css", "/study.css", "/system.css", "/icon.svg")) {
            assertThat(get(url + file).statusCode()).as(file).isEqualTo(200);
            assertThat(page.body() + "/icon.svg").contains(file);
        }
        for (String script : PageFiles.SCRIPTS) {
            assertThat(get(url + "/js/" + script + ".js").body())
                    .as(script)
                    .doesNotContain("innerHTML")
                    .doesNotContain("outerHTML")
                    .doesNotContain("insertAdjacentHTML")
                    .doesNotContain("eval(")
                    .doesNotContain("https:");
        }
        assertThat(get(url + "/api/stats").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }

    private Database stored(int results) {
        Database database = open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        database.migrate();
        var classified = new ArrayList<Classified>();
        for (int i = 0; i < results; i++) {
            ScanClassified value = SampleResults.result("scan-" + i, i % 2 == 0 ? Label.POSITIVE : Label.NEGATIVE);
            classified.add(
                    new Classified(new ConsumerRecord<>(SampleResults.TOPIC, 0, i, new byte[0], new byte[0]), value));
        }
        new ResultStore(database, "group", Clock.systemUTC())
                .store(new Poll(classified, List.of(), Map.of(PARTITION, (long) results)), Map.of());
        return database;
    }

    private Database open(String url) {
        var settings = new DatabaseSettings(url, "", "", 2, Duration.ofMillis(500));
        Database database = Database.open(settings, metrics.registry());
        opened.add(database);
        return database;
    }

    private String serve(Database database, String userInfo) {
        ServiceConfig config = ServiceConfig.of(
                "results-sink",
                SinkKeys.def(),
                Map.of(
                        "bootstrap.servers", "localhost:1",
                        "schema.registry.url", "mock://routes",
                        "database.url", "jdbc:h2:mem:unused",
                        "http.port", "0",
                        "http.basic.auth.user.info", userInfo));
        HttpEndpoint http = HttpEndpoint.open(
                config,
                health,
                metrics,
                SinkRoutes.of(new ResultQueries(database), new StatsQuery(database, Clock.systemUTC()), health));
        opened.add(http);
        return http.url();
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String url, String authorization) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
