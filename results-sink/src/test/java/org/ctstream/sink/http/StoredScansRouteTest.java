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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/stored}: what a count of everything stored is made of. */
class StoredScansRouteTest {
    private static final int SCANS = 7;

    private final Metrics metrics = new Metrics("test");
    private Database database;
    private HttpEndpoint http;

    @BeforeEach
    void serve() {
        var settings = new DatabaseSettings(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "", 2, Duration.ofSeconds(5));
        database = Database.open(settings, metrics.registry());
        database.migrate();
        var classified = new ArrayList<Classified>();
        for (int i = 0; i < SCANS; i++) {
            classified.add(new Classified(
                    new ConsumerRecord<>(SampleResults.TOPIC, 0, i, new byte[0], new byte[0]),
                    SampleResults.result("scan-" + i, Label.NEGATIVE)));
        }
        new ResultStore(database, "group", Clock.systemUTC())
                .store(
                        new Poll(classified, List.of(), Map.of(new TopicPartition(SampleResults.TOPIC, 0), (long)
                                SCANS)),
                        Map.of());
        var config = ServiceConfig.of(
                "results-sink",
                SinkKeys.def(),
                Map.of(
                        "bootstrap.servers", "localhost:1",
                        "schema.registry.url", "mock://routes",
                        "database.url", "jdbc:h2:mem:unused",
                        "http.port", "0"));
        var health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
        var stats = new StatsQuery(database, Clock.systemUTC());
        var api = new ResultsApi(new ResultQueries(database), new Cached<>(stats::count, Clock.systemUTC()), health);
        http = HttpEndpoint.open(config, health, metrics, api::addTo);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        database.close();
        metrics.close();
    }

    @Test
    void scansArePagedOldestFirstFromATimeOn() throws Exception {
        JsonNode first = json(get("since=2026-01-01T00:00:00Z&limit=4"));
        JsonNode second = json(get("limit=4&after=" + first.get("next").asText()));

        assertThat(first.get("stored")).hasSize(4);
        assertThat(second.get("stored")).hasSize(3);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(first.get("stored").get(0).fieldNames())
                .toIterable()
                .containsExactly("scanId", "modelName", "modelVersion", "resultId", "storedAt");
        assertThat(json(get("since=9000-01-01T00:00:00Z")).get("stored")).isEmpty();
        assertThat(json(get("")).get("stored")).hasSize(SCANS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=10001",
                "limit=many",
                "after=xyz",
                "since=yesterday",
                "since=1815-06-18T00:00:00Z"
            })
    void parametersThatDoNotFitAreRefusedWithARemedy(String query) throws Exception {
        HttpResponse<String> answer = get(query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("error").asText()).isEqualTo("bad_parameter");
        assertThat(json(answer).get("remedy").asText()).isNotBlank();
    }

    private HttpResponse<String> get(String query) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/api/stored?" + query));
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
