package org.ctstream.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.SinkKeys;
import org.ctstream.sink.deliver.StoredAlerts;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.DeliveryOutcome;
import org.ctstream.sink.store.DueDelivery;
import org.ctstream.sink.store.Outbox;
import org.ctstream.sink.store.OutboxQueries;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.StatsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of the outbox, and what they can do. */
class WebhooksApiTest {
    private static final String EXECUTE = "\"execute\":true,\"by\":\"ann\",\"reason\":\"receiver mended\"";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics("test");
    private final Clock clock = Clock.systemUTC();
    private Database database;
    private HttpEndpoint http;

    /** One dead, two pending. */
    @BeforeEach
    void serve() {
        var settings = new DatabaseSettings(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "", 2, Duration.ofSeconds(5));
        database = Database.open(settings, metrics.registry());
        database.migrate();
        var outbox = new Outbox(database);
        outbox.configure(List.of("ward"), 0);
        new StoredAlerts(database, clock).store("one", "two", "three");
        DueDelivery first =
                outbox.due("ward", clock.instant().plusSeconds(1), 1).get(0);
        outbox.settle(first, new DeliveryOutcome.Dead(clock.instant(), "http-500"), clock.instant());
        var health = new Health(clock, Duration.ofMinutes(1));
        http = HttpEndpoint.open(
                ServiceConfig.of(
                        "results-sink",
                        SinkKeys.def(),
                        Map.of(
                                "bootstrap.servers", "localhost:1",
                                "schema.registry.url", "mock://routes",
                                "database.url", "jdbc:h2:mem:unused",
                                "http.port", "0")),
                health,
                metrics,
                WebhooksApi.routes(new OutboxQueries(database), clock)
                        .andThen(SinkRoutes.of(new ResultQueries(database), new StatsQuery(database, clock), health)));
    }

    @AfterEach
    void close() {
        http.close();
        database.close();
        metrics.close();
    }

    @Test
    void endpointsAreListedWithWhatWaitsAndWhatIsDead() throws Exception {
        JsonNode endpoint = json(get("/api/webhooks")).get("endpoints").get(0);

        assertThat(endpoint.fieldNames())
                .toIterable()
                .containsExactly("name", "enabled", "pending", "oldestPending", "dead", "suppressed");
        assertThat(endpoint.get("name").asText()).isEqualTo("ward");
        assertThat(endpoint.get("pending").asInt()).isEqualTo(2);
        assertThat(endpoint.get("dead").asInt()).isEqualTo(1);
        assertThat(endpoint.get("oldestPending").asText()).endsWith("Z");
    }

    @Test
    void deadOnesAreListedWithTheReason() throws Exception {
        JsonNode deliveries = json(get("/api/webhooks/dead")).get("deliveries");

        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.get(0).get("alertId").asText()).isEqualTo("one");
        assertThat(deliveries.get(0).get("scanId").asText()).isEqualTo("one");
        assertThat(deliveries.get(0).get("reason").asText()).isEqualTo("http-500");
        assertThat(json(get("/api/webhooks/pending?limit=1")).get("deliveries")).hasSize(1);
        assertThat(json(get("/api/webhooks/dead?endpoint=archive")).get("deliveries"))
                .isEmpty();
        assertThat(json(get("/api/webhooks/dead?since=2100-01-01T00:00:00Z")).get("deliveries"))
                .isEmpty();
        assertThat(get("/api/webhooks/elsewhere").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "since=yesterday", "endpoint=%00"})
    void aParameterThatDoesNotFitIsRefused(String parameter) throws Exception {
        HttpResponse<String> answer = get("/api/webhooks/dead?" + parameter);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("error").asText()).isEqualTo("bad_parameter");
    }

    @Test
    void aReplayIsFirstALookAndThenDone() throws Exception {
        JsonNode look = json(replay("{\"state\":\"dead\",\"execute\":false}"));
        assertThat(look.get("executed").asBoolean()).isFalse();
        assertThat(look.get("deliveries")).hasSize(1);
        assertThat(json(get("/api/webhooks/dead")).get("deliveries")).hasSize(1);

        JsonNode done = json(replay("{\"state\":\"dead\"," + EXECUTE + "}"));

        assertThat(done.get("executed").asBoolean()).isTrue();
        assertThat(done.get("deliveries").get(0).get("alertId").asText()).isEqualTo("one");
        assertThat(json(get("/api/webhooks/dead")).get("deliveries")).isEmpty();
        assertThat(json(get("/api/webhooks/pending")).get("deliveries")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"state\":\"pending\"}",
                "{\"state\":\"dead\",\"execute\":true}",
                "{\"state\":\"dead\",\"execute\":true,\"by\":\"ann\",\"reason\":\"line\\nend\"}",
                "{\"state\":\"dead\",\"unknown\":1}",
                "{\"state\":\"dead\",\"limit\":100000}"
            })
    void aRequestThatDoesNotFitChangesNothing(String body) throws Exception {
        HttpResponse<String> answer = replay(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(get("/api/webhooks/dead")).get("deliveries")).hasSize(1);
    }

    @Test
    void whatAFormOnAnotherSiteCouldSendIsRefused() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/api/webhooks/replay"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"state\":\"dead\"," + EXECUTE + "}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(get("/api/webhooks/dead")).get("deliveries")).hasSize(1);
    }

    private HttpResponse<String> replay(String body) throws Exception {
        return send(HttpRequest.newBuilder(uri("/api/webhooks/replay"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(http.url() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
