package org.ctstream.service.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claim checks on a web server, through {@link PayloadReader}. */
class HttpRootTest {
    private static final byte[] SCAN = {1, 2, 3};

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch testOver = new CountDownLatch(1);
    private HttpServer server;
    private PayloadReader reader;
    private String base;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        var timeout = Duration.ofSeconds(2);
        reader = new PayloadReader(ClaimRoots.of(List.of(base + "/scans"), timeout), 1_000, timeout, 4);
    }

    @AfterEach
    void close() {
        testOver.countDown();
        server.stop(0);
        reader.close();
    }

    @Test
    void claimedBytesAreReadAlsoFromASignedUri() {
        answer("/scans/", exchange -> send(exchange, 200, SCAN));

        Payload payload = reader.read(claim(base + "/scans/1?signature=abc"));

        assertThat(payload.content()).isEqualTo(SCAN);
        assertThat(payload.sha256()).isEqualTo(Sha256.hex(SCAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/scans/../admin",
                "/scans/%2e%2e/admin",
                "/scans/%2E./admin",
                "/scans/..%2fadmin",
                "/scans/.%5c",
                "/scans//x",
                "/scans/..;/admin",
                "/scans/x;y=z",
                "/scans/..%3b/admin",
                "/scans/..%3B/admin",
                "/scans/x#y",
                "/scans",
                "/scans-2/x",
                "/admin"
            })
    void pathThatMayLeaveTheFolderIsNeverRequested(String path) {
        answer("/", exchange -> send(exchange, 200, SCAN));

        assertPoison("outside-roots", base + path);
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/scans/x",
                "http://user@127.0.0.1:1/scans/x",
                "https://127.0.0.1/scans/x",
                "http://127.0.0.1.example.org/scans/x",
                "ftp://127.0.0.1/scans/x"
            })
    void anotherHostPortOrSchemeIsNeverRequested(String uri) {
        assertPoison("outside-roots", uri);
    }

    @Test
    void redirectIsNotFollowed() {
        answer("/admin", exchange -> send(exchange, 200, SCAN));
        answer("/scans/", exchange -> {
            exchange.getResponseHeaders().add("Location", base + "/admin");
            send(exchange, 302, new byte[0]);
        });

        assertPoison("claim-refused", base + "/scans/1");
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, claim-not-found",
        "410, claim-not-found",
        "403, claim-access-denied",
        "401, claim-access-denied",
        "400, claim-refused",
        "204, claim-refused"
    })
    void answerThatWillStayTheSameIsPoison(int status, String reason) {
        answer("/scans/", exchange -> send(exchange, status, new byte[0]));

        assertPoison(reason, base + "/scans/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void answerThatMayChangeIsRetriable(int status) {
        answer("/scans/", exchange -> send(exchange, status, new byte[0]));

        assertRetriable(base + "/scans/1");
    }

    @Test
    void storeThatRefusesConnectionsIsRetriable() {
        server.stop(0);

        assertRetriable(base + "/scans/1");
    }

    @Test
    void bodyThatNeverEndsIsGivenUpInTime() {
        answer("/scans/", exchange -> {
            exchange.sendResponseHeaders(200, SCAN.length);
            exchange.getResponseBody().write(SCAN[0]);
            exchange.getResponseBody().flush();
            awaitEndOfTest();
        });

        assertRetriable(base + "/scans/1");
    }

    @Test
    void longerBodyThanClaimedIsCutOffAndPoison() {
        answer("/scans/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64];
            try {
                while (true) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException hungUp) {
                exchange.close();
            }
        });

        assertPoison("length-mismatch", base + "/scans/1");
    }

    @Test
    void shorterBodyThanClaimedIsPoison() {
        answer("/scans/", exchange -> send(exchange, 200, new byte[] {1, 2}));

        assertPoison("length-mismatch", base + "/scans/1");
    }

    @Test
    void claimOverTheLimitIsNeverRequested() {
        assertThatExceptionOfType(PoisonRecordException.class)
                .isThrownBy(() -> reader.read(new ClaimCheck(base + "/scans/1", Sha256.hex(SCAN), 1_001L)))
                .satisfies(poison -> assertThat(poison.reason()).isEqualTo("too-large"));
        assertThat(requests).hasValue(0);
    }

    private void assertPoison(String reason, String uri) {
        assertThatExceptionOfType(PoisonRecordException.class)
                .isThrownBy(() -> reader.read(claim(uri)))
                .satisfies(poison -> assertThat(poison.reason()).isEqualTo(reason));
    }

    private void assertRetriable(String uri) {
        assertThatExceptionOfType(RetriableStageException.class)
                .isThrownBy(() -> reader.read(claim(uri)))
                .withMessageContaining(base + "/scans");
    }

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            answer.give(exchange);
        });
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitEndOfTest() {
        try {
            testOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A claim check that tells the truth. */
    private static ClaimCheck claim(String uri) {
        return new ClaimCheck(uri, Sha256.hex(SCAN), (long) SCAN.length);
    }
}
