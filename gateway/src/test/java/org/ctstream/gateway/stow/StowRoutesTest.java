package org.ctstream.gateway.stow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ctstream.gateway.GatewayKeys;
import org.ctstream.gateway.Peer;
import org.ctstream.gateway.intake.FileMeta;
import org.ctstream.gateway.intake.IntakeGate;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.intake.Reason;
import org.ctstream.gateway.intake.ReceivedObject;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.http.HttpEndpoint;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** STOW-RS over a real HTTP port. */
class StowRoutesTest {
    private static final String RELATED = "multipart/related; type=\"application/dicom\"; boundary=b";
    private static final String CREDENTIALS = "pacs:secret";
    private static final byte[] CT1 = file(Peer.CT, "1.2.1");
    private static final byte[] CT2 = file(Peer.CT, "1.2.2");
    private static final byte[] MR = file("1.2.840.10008.5.1.4.1.1.4", "1.2.3");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = new Metrics("gateway");
    private final GatewayMeters meters = new GatewayMeters(metrics);
    private final IntakeGate gate = new IntakeGate(meters, System::nanoTime);
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final List<ReceivedObject> stored = new ArrayList<>();
    private final ScanStore storing = object -> {
        stored.add(object);
        return new Outcome.Stored("scan");
    };
    private HttpEndpoint http = open();

    @BeforeEach
    void ready() {
        gate.open(storing);
    }

    @AfterEach
    void close() {
        http.close();
        metrics.close();
    }

    @Test
    void storedInstancesAreReferenced() throws Exception {
        HttpResponse<byte[]> response = post("/dicomweb/studies", body(CT1, CT2));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/dicom+json");
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(json.at("/00081190/vr").asText()).isEqualTo("UR");
        assertThat(json.at("/00081199/vr").asText()).isEqualTo("SQ");
        assertThat(json.at("/00081199/Value")).hasSize(2);
        JsonNode first = json.at("/00081199/Value/0");
        assertThat(first.at("/00081150/Value/0").asText()).isEqualTo(Peer.CT);
        assertThat(first.at("/00081155/Value/0").asText()).isEqualTo("1.2.1");
        assertThat(first.at("/00081190/vr").asText()).isEqualTo("UR");
        assertThat(json.has("00081198")).isFalse();
        assertThat(stored).allSatisfy(object -> {
            assertThat(object.priority()).isEqualTo(Priority.ROUTINE);
            assertThat(object.source()).isEqualTo("STOW-RS");
            assertThat(object.studyUid()).isEmpty();
        });
        assertThat(memory.taken()).isZero();
    }

    @Test
    void studyAndUrgencyOfThePathGoAlong() throws Exception {
        assertThat(post("/dicomweb/stat/studies/1.2.9", body(CT1)).statusCode()).isEqualTo(200);

        assertThat(stored).singleElement().satisfies(object -> {
            assertThat(object.priority()).isEqualTo(Priority.STAT);
            assertThat(object.studyUid()).contains("1.2.9");
        });
    }

    @Test
    void someFailuresAreSaidOneByOne() throws Exception {
        HttpResponse<byte[]> response = post("/dicomweb/studies", body(CT1, MR, new byte[10]));

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(json.at("/00081199/Value")).hasSize(1);
        assertThat(json.at("/00081198/Value/0/00081155/Value/0").asText()).isEqualTo("1.2.3");
        assertThat(json.at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0x0122);
        assertThat(json.at("/0008119A/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC000);
    }

    @Test
    void nothingStoredIsAConflictOrForTheTimeBeingUnavailable() throws Exception {
        assertThat(post("/dicomweb/studies", body(MR)).statusCode()).isEqualTo(409);

        gate.open(object -> new Outcome.Refused(Reason.UNAVAILABLE, "Kafka is away"));
        HttpResponse<byte[]> away = post("/dicomweb/studies", body(CT1));

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        assertThat(new ObjectMapper()
                        .readTree(away.body())
                        .at("/00081198/Value/0/00081197/Value/0")
                        .asInt())
                .isEqualTo(0xA700);
    }

    @Test
    void instanceOverTheLimitIsTooLargeAndLeavesNoMemoryTaken() throws Exception {
        assertThat(post("/dicomweb/studies", body(Peer.join(CT1, new byte[20_000])))
                        .statusCode())
                .isEqualTo(413);
        assertThat(memory.taken()).isZero();
    }

    @Test
    void requestOverItsLimitIsTooLarge() throws Exception {
        byte[] body = new byte[200_000];
        assertThat(post("/dicomweb/studies", body).statusCode()).isEqualTo(413);
        HttpResponse<byte[]> chunked = send(request("/dicomweb/studies", RELATED)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void xmlIsAnsweredToWhoWantsIt() throws Exception {
        HttpResponse<byte[]> response = send(request("/dicomweb/studies", RELATED)
                .header("Accept", "application/dicom+xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(CT1, MR))));

        assertThat(response.headers().firstValue("Content-Type")).contains("application/dicom+xml");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(response.body()));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("NativeDicomModel");
        assertThat(new String(response.body(), UTF_8))
                .contains("keyword=\"FailureReason\"", "<Value number=\"1\">290</Value>");
    }

    @Test
    void whatIsNoStoreRequestIsRefusedByItsStatus() throws Exception {
        assertThat(status("application/json", "{}")).isEqualTo(415);
        assertThat(status("multipart/related; type=\"application/dicom+json\"; boundary=b", "x"))
                .isEqualTo(415);
        assertThat(status("multipart/related; type=\"application/dicom\"", "x")).isEqualTo(400);
        assertThat(status(RELATED, "no multipart body")).isEqualTo(400);
        assertThat(status(RELATED, "--b--")).isEqualTo(400);
        assertThat(post("/dicomweb/studies/not-a-uid", body(CT1)).statusCode()).isEqualTo(400);
        assertThat(send(request("/dicomweb/studies", RELATED)
                                .header("Accept", "text/html")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body(CT1))))
                        .statusCode())
                .isEqualTo(406);
        assertThat(stored).isEmpty();
    }

    @Test
    void strangerIsAskedForCredentialsBeforeAnythingIsRead() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(http.url() + "/dicomweb/studies"))
                .header("Content-Type", RELATED)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(CT1)));

        assertThat(send(request).statusCode()).isEqualTo(401);
        assertThat(stored).isEmpty();
    }

    @Test
    void gatewayThatIsNotReadyOrBusySaysSo() throws Exception {
        assertThat(gate.shut(Duration.ZERO)).isTrue();
        assertThat(post("/dicomweb/studies", body(CT1)).statusCode()).isEqualTo(503);

        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        gate.open(object -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Stored("scan");
        });
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> {
            try {
                return post("/dicomweb/studies", body(CT1)).statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        inside.await();
        HttpResponse<byte[]> second = post("/dicomweb/studies", body(CT1));
        goOn.countDown();

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertThat(first.join()).isEqualTo(200);
    }

    private int status(String contentType, String body) throws Exception {
        return send(request("/dicomweb/studies", contentType).POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
        return send(request(path, RELATED).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path, String contentType) {
        return HttpRequest.newBuilder(URI.create(http.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(CREDENTIALS.getBytes(UTF_8)))
                .header("Content-Type", contentType);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpEndpoint open() {
        ServiceConfig config = ServiceConfig.of(
                "gateway",
                GatewayKeys.def(),
                Map.of(
                        "bootstrap.servers", "localhost:1",
                        "schema.registry.url", "http://localhost:1",
                        "http.port", "0",
                        "http.basic.auth.user.info", CREDENTIALS));
        var settings = new StowSettings(
                "STOW-RS", Set.of(Peer.CT), Set.of(Peer.EXPLICIT), 1, 100_000, Duration.ofSeconds(30), 10_000);
        return HttpEndpoint.open(
                config,
                new Health(Clock.systemUTC(), Duration.ofMinutes(1)),
                metrics,
                new StowRoutes(settings, gate, memory, meters, System::nanoTime)::addTo);
    }

    private static byte[] file(String sopClass, String instance) {
        return Peer.join(new FileMeta(sopClass, instance, Peer.EXPLICIT).bytes(), new byte[100]);
    }

    private static byte[] body(byte[]... files) {
        byte[] body = new byte[0];
        for (byte[] file : files) {
            body = Peer.join(body, "\r\n--b\r\nContent-Type: application/dicom\r\n\r\n".getBytes(UTF_8), file);
        }
        return Peer.join(body, "\r\n--b--\r\n".getBytes(UTF_8));
    }
}
