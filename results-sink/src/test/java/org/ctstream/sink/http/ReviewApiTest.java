package org.ctstream.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
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
import org.ctstream.sink.review.LabelTopic;
import org.ctstream.sink.review.Reviews;
import org.ctstream.sink.scan.RecordReader;
import org.ctstream.sink.scan.ScanRecords;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultQueries;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.ReviewStore;
import org.ctstream.sink.store.SampleResults;
import org.ctstream.sink.store.StatsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may review, from where, and what a review has to look like. The stored result is of a version without positions. */
class ReviewApiTest {
    private static final String REVIEW =
            "{\"reviewId\":\"0123456789abcdef\",\"resultId\":\"scan/1.0\",\"label\":\"NEGATIVE\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics("test");
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(metrics));
    private ReviewStore reviews;
    private Database database;

    @BeforeEach
    void store() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        database = Database.open(new DatabaseSettings(url, "", "", 4, Duration.ofSeconds(5)), metrics.registry());
        opened.add(database);
        database.migrate();
        var partition = new TopicPartition(SampleResults.TOPIC, 0);
        var record = new ConsumerRecord<>(SampleResults.TOPIC, 0, 0, new byte[0], new byte[0]);
        new ResultStore(database, "group", Clock.systemUTC())
                .store(
                        new Poll(
                                List.of(new Classified(record, SampleResults.result("scan", Label.POSITIVE))),
                                List.of(),
                                Map.of(partition, 1L)),
                        Map.of());
        reviews = new ReviewStore(database, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void reviewFromThePageIsTakenAndSaysThatItIsNotInKafka() throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), REVIEW, Map.of(SameSite.HEADER, "1"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("REFUSED", "does not say where its original stands");
        assertThat(reviews.ofScan("scan"))
                .singleElement()
                .satisfies(review -> assertThat(review.reviewedBy()).isEqualTo("reviewer"));
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://elsewhere.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
    })
    void requestOfAnotherSitesPageIsRefused(String header, String value) throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), REVIEW, Map.of(SameSite.HEADER, "1", header, value));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(reviews.ofScan("scan")).isEmpty();
    }

    @Test
    void requestWithoutThePagesHeaderIsRefused() throws Exception {
        assertThat(post(serve(Map.of()), REVIEW, Map.of()).statusCode()).isEqualTo(403);
        assertThat(reviews.ofScan("scan")).isEmpty();
    }

    @Test
    void passwordIsAskedForAndItsUserIsTheReviewer() throws Exception {
        String url = serve(Map.of("http.basic.auth.user.info", "dr-lee:secret"));

        assertThat(post(url, REVIEW, Map.of(SameSite.HEADER, "1")).statusCode()).isEqualTo(401);
        String basic = "Basic " + Base64.getEncoder().encodeToString("dr-lee:secret".getBytes(UTF_8));
        assertThat(post(url, REVIEW, Map.of(SameSite.HEADER, "1", "Authorization", basic))
                        .statusCode())
                .isEqualTo(202);
        assertThat(reviews.ofScan("scan"))
                .singleElement()
                .satisfies(review -> assertThat(review.reviewedBy()).isEqualTo("dr-lee"));
    }

    @Test
    void portThatIsOpenBeyondThisMachineTakesNoReviewWithoutAName() throws Exception {
        String url = serve(Map.of("http.host", "0.0.0.0", "http.auth", "none"))
                .replace("0.0.0.0", InetAddress.getLoopbackAddress().getHostAddress());

        assertThat(post(url, REVIEW, Map.of(SameSite.HEADER, "1")).statusCode()).isEqualTo(403);
        assertThat(reviews.ofScan("scan")).isEmpty();
    }

    @Test
    void userWhomAProxyNamesIsTheReviewer() throws Exception {
        String url = serve(
                        Map.of("http.host", "0.0.0.0", "http.auth", "none", "review.user.header", "X-Forwarded-User"))
                .replace("0.0.0.0", "127.0.0.1");

        assertThat(post(url, REVIEW, Map.of(SameSite.HEADER, "1")).statusCode()).isEqualTo(403);
        assertThat(post(url, REVIEW, Map.of(SameSite.HEADER, "1", "X-Forwarded-User", "dr-kim"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(reviews.ofScan("scan"))
                .singleElement()
                .satisfies(review -> assertThat(review.reviewedBy()).isEqualTo("dr-kim"));
    }

    @Test
    void headerThatIsAgreedOnIsWantedOnLoopbackToo() throws Exception {
        String url = serve(Map.of("http.auth", "none", "review.user.header", "X-Forwarded-User"));

        assertThat(post(url, REVIEW, Map.of(SameSite.HEADER, "1")).statusCode()).isEqualTo(403);
        assertThat(reviews.ofScan("scan")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/reviews, 127.0.0.1, 202",
        "POST /api/reviews, elsewhere.example, 403",
        "GET /api/scans/scan, localhost, 200",
        "GET /api/scans/scan, elsewhere.example, 403",
        "GET /api/scans/scan/slice, elsewhere.example, 403",
        "GET /api/worklist, elsewhere.example, 403",
        "GET /api/scans/scan/similar, localhost, 200",
        "GET /api/scans/scan/similar, elsewhere.example, 403",
        "GET /api/scans/nowhere/similar, localhost, 404",
        "GET /api/scans/scan/similar?limit=24, localhost, 200",
        "GET /api/scans/scan/similar?limit=25, localhost, 400",
        "GET /api/scans/scan/similar?limt=2, localhost, 400",
    })
    void unguardedPortDoesNotAnswerToANameOfAStrangersThatLeadsHere(String request, String host, int status)
            throws Exception {
        URI here = URI.create(serve(Map.of()));

        assertThat(statusOf(here, request, host)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json"})
    void bodyOfATypeThatFormsSendToAnySiteIsRefused(String type) throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), REVIEW, Map.of(SameSite.HEADER, "1", "Content-Type", type));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(reviews.ofScan("scan")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "no JSON",
                "{\"reviewId\":\"short\",\"resultId\":\"scan/1.0\",\"label\":\"NEGATIVE\"}",
                "{\"reviewId\":\"0123456789abcdef\",\"resultId\":\"\",\"label\":\"NEGATIVE\"}",
                "{\"reviewId\":\"0123456789abcdef\",\"resultId\":\"scan/1.0\",\"label\":\"MAYBE\"}",
                "{\"reviewId\":\"0123456789abcdef\",\"resultId\":\"scan/1.0\",\"label\":\"NEGATIVE\",\"more\":1}",
                "{\"reviewId\":\"0123456789abcdef\",\"resultId\":\"scan/1.0\",\"label\":\"NEGATIVE\",\"note\":\"\\ud800\"}",
                "{\"reviewId\":\"0123456789abcdef\",\"resultId\":\"scan/1.0\",\"label\":\"NEGATIVE\",\"note\":\"\\u0000\"}",
            })
    void bodyThatIsNoReviewIsRefusedWithARemedy(String body) throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), body, Map.of(SameSite.HEADER, "1"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("bad_parameter", "remedy");
    }

    @Test
    void bodyWithoutAnEndIsNotReadToIt() throws Exception {
        HttpResponse<String> answer = post(serve(Map.of()), REVIEW + " ".repeat(20_000), Map.of(SameSite.HEADER, "1"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    private String serve(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://reviews",
                "database.url", "jdbc:h2:mem:unused",
                "http.port", "0"));
        settings.putAll(more);
        ServiceConfig config = ServiceConfig.of("results-sink", SinkKeys.def(), settings);
        var health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
        var scans = new ScanRecords(RecordReader.of(config, Duration.ofMillis(500)), config);
        opened.add(scans);
        LabelTopic labels = LabelTopic.of(config);
        opened.add(labels);
        var page = new PageRoutes(
                config,
                database,
                reviews,
                new Reviews(reviews, scans, labels),
                scans,
                Reviewer.of(config, SinkKeys.REVIEWER, SinkKeys.REVIEW_USER_HEADER),
                Clock.systemUTC());
        opened.add(page);
        HttpEndpoint http = HttpEndpoint.open(
                config,
                health,
                metrics,
                SinkRoutes.of(
                        new ResultQueries(database),
                        new StatsQuery(database, Clock.systemUTC()),
                        health,
                        List.of(page.routes())));
        opened.add(http);
        return http.url();
    }

    private HttpResponse<String> post(String url, String body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/reviews"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        var all = new HashMap<>(Map.of("Content-Type", "application/json; charset=utf-8"));
        all.putAll(headers);
        all.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** By a socket: the client of the JDK lets nobody choose the name of the host. */
    private static int statusOf(URI url, String request, String host) throws Exception {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            String head = request + " HTTP/1.1\r\nHost: " + host + ":" + url.getPort() + "\r\nConnection: close\r\n"
                    + SameSite.HEADER + ": 1\r\nContent-Type: application/json\r\nContent-Length: "
                    + (request.startsWith("POST") ? REVIEW.length() : 0) + "\r\n\r\n";
            socket.getOutputStream().write((request.startsWith("POST") ? head + REVIEW : head).getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
