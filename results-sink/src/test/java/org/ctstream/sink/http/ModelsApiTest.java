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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.AnnouncementDecoding;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.StageChange;
import org.ctstream.schemas.avro.Lineage;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelReleased;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.SinkKeys;
import org.ctstream.sink.models.Announcing;
import org.ctstream.sink.models.PromotionKeys;
import org.ctstream.sink.models.Promotions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may promote, from where, and what is asked before; in production is net:1, a candidate net:2, announced before net:0. */
class ModelsApiTest {
    private static final Map<String, String> SERIALIZERS = Map.of("schema.registry.url", "mock://models-api");
    private static final Map<String, String> FROM_THE_PAGE = Map.of(SameSite.HEADER, "1");
    private static final String PROMOTE =
            "{\"confirm\":\"net:2\",\"replaces\":\"net:1\",\"reason\":\"better in shadow\"}";
    private static final String BACK = "{\"confirm\":\"net:0\",\"replaces\":\"net:1\"}";
    private static final Map<String, String> SHADOW = Map.of("promotion.require.shadow", "true");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics("test");
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(metrics));
    private final List<String> announced = new ArrayList<>();
    private ReleaseCatalogue catalogue = catalogue();
    private @Nullable ModelAssessed assessed;
    private Announcing announcing = this::announce;

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void releasesAreListedWithLineageStandingAndShadow() throws Exception {
        assessed = assessment(2_000);
        JsonNode models = json(get(serve(Map.of())));

        assertThat(models.at("/releases/0/version").asText()).isEqualTo("2");
        assertThat(models.at("/releases/0/lineage/labelOffsets/0").asLong()).isEqualTo(12);
        assertThat(models.at("/releases/0/lineage/parent").asText()).isEqualTo("net:1");
        assertThat(models.at("/releases/0/shadow/scans").asLong()).isEqualTo(2_000);
        assertThat(models.at("/releases/0/shadow/otherwise").asDouble()).isEqualTo(0.02);
        assertThat(models.at("/releases/1/serving").asBoolean()).isTrue();
        assertThat(models.at("/releases/2/previous").asBoolean()).isTrue();
        assertThat(models.at("/releases/2/before").asBoolean()).isTrue();
        assertThat(models.at("/operator").asText())
                .as("whoever is on this machine")
                .isEqualTo("reviewer");
        assertThat(models.at("/shadowRequired").asBoolean()).isFalse();
    }

    @Test
    void operatorPromotesAndTheAnnouncementSaysWhoAndWhy() throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), "2", PROMOTE, FROM_THE_PAGE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).get("replaced").asText()).isEqualTo("net:1");
        assertThat(announced).containsExactly("net:2 PRODUCTION reviewer better in shadow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"confirm\":\"net:1\",\"replaces\":\"net:1\"}",
                "{\"confirm\":\"net\",\"replaces\":\"net:1\"}",
                "{\"confirm\":\"net:2\",\"replaces\":\"../net\"}",
                "{\"confirm\":\"net:2\",\"replaces\":\"net:1\",\"reason\":\"two\\nlines\"}",
                "{\"confirm\":\"net:2\",\"replaces\":\"net:1\",\"more\":1}",
            })
    void promotionThatIsNotConfirmedByTheReleasesNameIsRefused(String body) throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), "2", body, FROM_THE_PAGE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("bad_parameter", "remedy");
        assertThat(announced).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Other, 1",
        "Sec-Fetch-Site, cross-site",
        "Origin, https://elsewhere.example",
    })
    void requestOfAnotherSitesPageIsRefused(String header, String value) throws Exception {
        var headers = new HashMap<>(Map.of(header, value));
        if (!header.equals("X-Other")) {
            headers.putAll(FROM_THE_PAGE);
        }

        assertThat(post(serve(Map.of()), "2", PROMOTE, headers).statusCode()).isEqualTo(403);
        assertThat(announced).isEmpty();
    }

    @Test
    void bodyThatAFormCouldSendIsRefused() throws Exception {
        var headers = new HashMap<>(FROM_THE_PAGE);
        headers.put("Content-Type", "text/plain");

        assertThat(post(serve(Map.of()), "2", PROMOTE, headers).statusCode()).isEqualTo(415);
        assertThat(announced).isEmpty();
    }

    @Test
    void userWhoIsNoOperatorMayLookAndNotPromote() throws Exception {
        Map<String, String> password = Map.of("http.basic.auth.user.info", "dr-lee:secret");
        String nobody = serve(password);
        var as = new HashMap<>(FROM_THE_PAGE);
        as.put("Authorization", "Basic " + Base64.getEncoder().encodeToString("dr-lee:secret".getBytes(UTF_8)));

        assertThat(post(nobody, "2", PROMOTE, as).statusCode()).isEqualTo(403);
        JsonNode seen = json(get(nobody, as));
        assertThat(seen.at("/operator").isNull()).isTrue();
        assertThat(seen.at("/releases")).hasSize(3);
        assertThat(announced).isEmpty();

        var named = new HashMap<>(password);
        named.put("page.operators", "dr-kim,dr-lee");
        assertThat(post(serve(named), "2", PROMOTE, as).statusCode()).isEqualTo(200);
        assertThat(announced).containsExactly("net:2 PRODUCTION dr-lee better in shadow");
    }

    @Test
    void behindAProxyThatNamesNobodyNobodyPromotes() throws Exception {
        String url = serve(Map.of("http.auth", "none"));

        assertThat(post(url, "2", PROMOTE, FROM_THE_PAGE).statusCode()).isEqualTo(403);
        assertThat(announced).isEmpty();
    }

    @Test
    void whatChangedMeanwhileOrIsNotThereIsSaidAndNothingIsAnnounced() throws Exception {
        String url = serve(Map.of());

        HttpResponse<String> again = post(url, "1", "{\"confirm\":\"net:1\",\"replaces\":\"net:1\"}", FROM_THE_PAGE);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("in production already");
        HttpResponse<String> meanwhile =
                post(url, "2", "{\"confirm\":\"net:2\",\"replaces\":\"net:0\"}", FROM_THE_PAGE);
        assertThat(meanwhile.statusCode()).isEqualTo(409);
        assertThat(meanwhile.body()).contains("Meanwhile net:1 is in production");
        assertThat(post(url, "9", "{\"confirm\":\"net:9\"}", FROM_THE_PAGE).statusCode())
                .isEqualTo(404);
        assertThat(announced).isEmpty();
    }

    @Test
    void whereShadowIsRequiredACandidateWithoutItIsRefusedWithTheCommandAndAWayBackIsNot() throws Exception {
        String url = serve(SHADOW);

        HttpResponse<String> refused = post(url, "2", PROMOTE, FROM_THE_PAGE);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("ctstream model shadow net:2");
        assertThat(json(get(url)).at("/releases/0/objection").asText()).contains("run in shadow");
        assessed = assessment(999);
        assertThat(post(url, "2", PROMOTE, FROM_THE_PAGE).body()).contains("999 scans");
        assertThat(announced).isEmpty();

        assertThat(post(url, "0", BACK, FROM_THE_PAGE).statusCode()).isEqualTo(200);
        assessed = assessment(1_000);
        assertThat(post(url, "2", PROMOTE, FROM_THE_PAGE).statusCode()).isEqualTo(200);
        assertThat(announced)
                .containsExactly("net:0 PRODUCTION reviewer null", "net:2 PRODUCTION reviewer better in shadow");
    }

    @Test
    void announcementThatIsNotAcknowledgedIsNotCalledDone() throws Exception {
        announcing = (release, change) -> {
            throw new RetriableStageException(Stage.STORE, "broker-7 is away", null);
        };

        HttpResponse<String> answer = post(serve(Map.of()), "2", PROMOTE, FROM_THE_PAGE);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("not known").doesNotContain("broker-7");
    }

    private long announce(AnnouncedRelease release, StageChange change) {
        announced.add(release.id() + " " + change.stage() + " " + change.by() + " " + change.reason());
        return 3;
    }

    private String serve(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://models-api",
                "database.url", "jdbc:h2:mem:unused",
                "http.port", "0"));
        settings.putAll(more);
        ServiceConfig config = ServiceConfig.of("results-sink", SinkKeys.def(), settings);
        Reviewer reviewer = Reviewer.of(config, SinkKeys.REVIEWER, SinkKeys.REVIEW_USER_HEADER);
        var promotions = new Promotions(
                () -> catalogue,
                release -> Optional.ofNullable(assessed),
                (release, change) -> announcing.restage(release, change),
                PromotionKeys.shadow(config).orElse(null),
                Clock.systemUTC());
        var api = new ModelsApi(
                () -> catalogue,
                () -> release -> Optional.ofNullable(assessed)
                        .filter(known -> known.getVersion().equals(release.version())),
                promotions,
                Operators.of(config, reviewer),
                Clock.systemUTC());
        HttpEndpoint http =
                HttpEndpoint.open(config, new Health(Clock.systemUTC(), Duration.ofMinutes(1)), metrics, routes -> {
                    routes.exception(
                            ApiException.class, (e, context) -> ResultsApi.write(context.status(e.status()), e.body()));
                    api.addTo(routes);
                });
        opened.add(http);
        return http.url();
    }

    private HttpResponse<String> get(String url) throws Exception {
        return get(url, Map.of());
    }

    private HttpResponse<String> get(String url, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/models"));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String version, String body, Map<String, String> headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/models/net/" + version + "/promote"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        var all = new HashMap<>(Map.of("Content-Type", "application/json"));
        all.putAll(headers);
        all.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    private static ReleaseCatalogue catalogue() {
        ReleaseCatalogue made = ReleaseCatalogue.EMPTY;
        String topic = Topic.MODEL_RELEASED.topicName();
        Serializer<ModelReleased> serializer = Serializers.valueSerializer(SERIALIZERS);
        try (var decoding = new AnnouncementDecoding(SERIALIZERS)) {
            for (int version = 0; version < 3; version++) {
                ModelReleased released = released(version);
                made = decoding.apply(
                        made,
                        new ConsumerRecord<>(
                                topic,
                                0,
                                version,
                                ("net:" + version).getBytes(UTF_8),
                                serializer.serialize(topic, released)));
            }
        }
        return made;
    }

    private static ModelReleased released(int version) {
        return ModelReleased.newBuilder()
                .setName("net")
                .setVersion(String.valueOf(version))
                .setUri("file:///nowhere/net/" + version)
                .setSha256(digest(version))
                .setArchitecture("small-cnn")
                .setMean(List.of(0.5, 0.5, 0.5))
                .setStandardDeviation(List.of(0.25, 0.25, 0.25))
                .setThreshold(0.4)
                .setTrained(true)
                .setMetrics(Map.of("auc", 0.91))
                .setLineage(new Lineage(Map.of("0", 12L), 7L, "test", "net:1"))
                .setStage(version == 2 ? ModelStage.CANDIDATE : ModelStage.PRODUCTION)
                .setReleasedAt(Instant.ofEpochMilli(1_000))
                .build();
    }

    private static ModelAssessed assessment(long scans) {
        return ModelAssessed.newBuilder()
                .setName("net")
                .setVersion("2")
                .setSha256(digest(2))
                .setThreshold(0.4)
                .setProductionName("net")
                .setProductionVersion("1")
                .setProductionSha256(digest(1))
                .setMode("replay")
                .setFrom(Instant.ofEpochMilli(1_000))
                .setTo(Instant.ofEpochMilli(2_000))
                .setScans(scans)
                .setAgreements(scans - scans / 50)
                .setFlipsToPositive(scans / 50)
                .setFlipsToNegative(0L)
                .setCandidateIndeterminate(0L)
                .setProductionIndeterminate(0L)
                .setSkipped(0L)
                .setEngine("onnxruntime on cpu")
                .setAssessedBy("dr-lee")
                .setCreatedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setCodeVersion("test")
                .build();
    }

    private static String digest(int version) {
        return String.valueOf(version).repeat(64);
    }
}
