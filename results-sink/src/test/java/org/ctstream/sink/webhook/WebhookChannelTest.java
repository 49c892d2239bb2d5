package org.ctstream.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.SinkKeys;
import org.ctstream.sink.deliver.AlertTls;
import org.ctstream.sink.deliver.Attempt;
import org.ctstream.sink.deliver.SampleAlerts;
import org.ctstream.sink.deliver.WebhookReceiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookChannelTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final WebhookSecret SECRET =
            WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void theRequestIsSignedAndItsBodySaysWhatTheTopicSays() throws Exception {
        try (var receiver = new WebhookReceiver(request -> 202)) {
            Attempt attempt = channel(receiver.url(), TIMEOUT).deliver(SampleAlerts.alert("alert-1"));

            assertThat(attempt).isEqualTo(new Attempt.Delivered());
            WebhookReceiver.Request request = receiver.requests().get(0);
            assertThat(request.id()).isEqualTo("alert-1");
            assertThat(request.timestamp()).isEqualTo(NOW.getEpochSecond());
            assertThat(request.contentType()).isEqualTo("application/json");
            assertThat(request.signature())
                    .isEqualTo(SECRET.signature(
                            "alert-1", NOW.getEpochSecond(), request.body().getBytes(UTF_8)));
            JsonNode body = new ObjectMapper().readTree(request.body());
            assertThat(body.get("type").asText()).isEqualTo("ct.scan.alerted");
            assertThat(body.get("timestamp").asText()).isEqualTo("2026-11-23T09:59:58.245Z");
            assertThat(body.get("notice").asText())
                    .contains("not a medical device")
                    .contains("not a diagnosis");
            assertThat(body.get("data").get("alertId").asText()).isEqualTo("alert-1");
            assertThat(body.get("data").get("probability").asDouble()).isEqualTo(0.875);
            assertThat(body.get("data").get("classifiedAt").asText()).isEqualTo("2026-11-23T09:59:58.205Z");
            assertThat(request.body()).doesNotContain("pseudonym-7");
        }
    }

    @Test
    void theBodyOfAnUntrainedModelSaysThatItIsATest() {
        assertThat(new String(new JsonBody().of(SampleAlerts.alert("a", "CT", null, false)), UTF_8))
                .contains("TEST: no training");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ALERT",
        "422, ALERT",
        "302, ENDPOINT",
        "401, ENDPOINT",
        "404, ENDPOINT",
        "410, ENDPOINT",
        "500, ENDPOINT"
    })
    void everyOtherStatusIsAFailure(int status, Attempt.Scope scope) throws Exception {
        try (var receiver = new WebhookReceiver(request -> status)) {
            Attempt attempt = channel(receiver.url(), TIMEOUT).deliver(SampleAlerts.alert("alert-1"));

            assertThat(attempt).isEqualTo(new Attempt.Failed("http-" + status, scope, null));
            // A redirect was not followed.
            assertThat(receiver.requests())
                    .extracting(WebhookReceiver.Request::path)
                    .containsExactly("/alerts");
        }
    }

    @Test
    void aReceiverMayAskToBeLeftAloneForAWhile() throws Exception {
        try (var receiver = new WebhookReceiver(request -> 429)) {
            assertThat(channel(receiver.url(), TIMEOUT).deliver(SampleAlerts.alert("alert-1")))
                    .isEqualTo(new Attempt.Failed("http-429", Attempt.Scope.ENDPOINT, Duration.ofSeconds(7)));
        }
    }

    @Test
    void aReceiverThatDoesNotAnswerCostsNoMoreThanTheTimeLimit() throws Exception {
        var end = new CountDownLatch(1);
        try (var receiver = new WebhookReceiver(request -> {
            try {
                return end.await(30, TimeUnit.SECONDS) ? 200 : 500;
            } catch (InterruptedException e) {
                return 500;
            }
        })) {
            long from = System.nanoTime();

            Attempt attempt = channel(receiver.url(), Duration.ofMillis(300)).deliver(SampleAlerts.alert("alert-1"));

            assertThat(attempt)
                    .isInstanceOfSatisfying(
                            Attempt.Failed.class,
                            failed -> assertThat(failed.reason()).contains("timeout"));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
            end.countDown();
        }
    }

    @Test
    void nobodyThereIsAFailureOfTheEndpoint() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(channel("http://127.0.0.1:" + port + "/", TIMEOUT).deliver(SampleAlerts.alert("alert-1")))
                .isEqualTo(Attempt.Failed.ofEndpoint("connect-exception"));
    }

    @Test
    void httpsIsCheckedAgainstTheTrustStore(@TempDir Path directory) throws Exception {
        KeyStore store = selfSigned(directory);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext(store)));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "https://localhost:" + server.getAddress().getPort() + "/";
            ServiceConfig trusting = config(Map.of(
                    "alert.ssl.truststore.location",
                            directory.resolve("server.p12").toString(),
                    "alert.ssl.truststore.type", "PKCS12",
                    "alert.ssl.truststore.password", "changeit"));

            assertThat(channel(url, TIMEOUT, AlertTls.context(trusting)).deliver(SampleAlerts.alert("a")))
                    .isEqualTo(new Attempt.Delivered());
            assertThat(channel(url, TIMEOUT, AlertTls.context(config(Map.of()))).deliver(SampleAlerts.alert("a")))
                    .isEqualTo(Attempt.Failed.ofEndpoint("sslhandshake-exception"));
            // The certificate is of localhost alone.
            String byAddress = url.replace("localhost", "127.0.0.1");
            assertThat(channel(byAddress, TIMEOUT, AlertTls.context(trusting)).deliver(SampleAlerts.alert("a")))
                    .isEqualTo(Attempt.Failed.ofEndpoint("sslhandshake-exception"));
        } finally {
            server.stop(0);
        }
    }

    private static WebhookChannel channel(String url, Duration timeout) throws Exception {
        return channel(url, timeout, SSLContext.getDefault());
    }

    private static WebhookChannel channel(String url, Duration timeout, SSLContext tls) {
        var endpoint = new WebhookEndpoint("ward", URI.create(url), SECRET, null, new JsonBody());
        return new WebhookChannel(endpoint, tls, timeout, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ServiceConfig config(Map<String, String> given) {
        var all = new HashMap<>(Map.of(
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://keys",
                "database.url", "jdbc:h2:mem:keys"));
        all.putAll(given);
        return ServiceConfig.of("results-sink", SinkKeys.def(), all);
    }

    /** Makes key.p12, and server.p12 with the certificate alone. */
    private static KeyStore selfSigned(Path directory) throws Exception {
        Path key = directory.resolve("key.p12");
        run(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                key.toString(),
                "-storepass",
                "changeit");
        Path certificate = directory.resolve("server.crt");
        run(
                "-exportcert",
                "-alias",
                "server",
                "-keystore",
                key.toString(),
                "-storepass",
                "changeit",
                "-file",
                certificate.toString());
        run(
                "-importcert",
                "-noprompt",
                "-alias",
                "server",
                "-file",
                certificate.toString(),
                "-storetype",
                "PKCS12",
                "-keystore",
                directory.resolve("server.p12").toString(),
                "-storepass",
                "changeit");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private static SSLContext serverContext(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void run(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
