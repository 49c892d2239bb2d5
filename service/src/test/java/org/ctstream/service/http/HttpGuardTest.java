package org.ctstream.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGuardTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String USER_INFO = "reader:pässword";

    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final Metrics metrics = new Metrics("test");
    private @Nullable HttpEndpoint endpoint;
    private HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        if (endpoint != null) {
            endpoint.close();
        }
        metrics.close();
    }

    @Test
    void passwordAndTokenBothOpenThePort() throws Exception {
        open(Map.of("http.basic.auth.user.info", USER_INFO, "http.bearer.auth.token", TOKEN));

        assertThat(get("/hello", null).statusCode()).isEqualTo(401);
        assertThat(get("/hello", basic(USER_INFO)).body()).isEqualTo("hello");
        assertThat(get("/hello", "Bearer " + TOKEN).body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer", "Basic !!", "Basic", "Digest x", "", "Basic cmVhZGVyOg=="})
    void anythingElseDoesNotAndIsToldTheRemedy(String header) throws Exception {
        open(Map.of("http.basic.auth.user.info", USER_INFO, "http.bearer.auth.token", TOKEN));

        HttpResponse<String> answer = get("/hello", header);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"remedy\"").contains("http.basic.auth.user.info");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
    }

    @Test
    void tokenIsNoPasswordAndPasswordNoToken() throws Exception {
        open(Map.of("http.bearer.auth.token", TOKEN));

        assertThat(get("/hello", basic(TOKEN)).statusCode()).isEqualTo(401);
        assertThat(get("/hello", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void probesAreAlwaysOpenAndMetricsAsConfigured() throws Exception {
        health.ready("kafka");
        open(Map.of("http.basic.auth.user.info", USER_INFO, "http.metrics.open", "false"));

        assertThat(get("/livez", null).statusCode()).isEqualTo(200);
        assertThat(get("/readyz", null).statusCode()).isEqualTo(200);
        assertThat(get("/metrics", null).statusCode()).isEqualTo(401);
        assertThat(get("/metrics", basic(USER_INFO)).statusCode()).isEqualTo(200);
    }

    @Test
    void guessingIsSlowedDownForOneAddress() throws Exception {
        open(Map.of("http.basic.auth.user.info", USER_INFO));

        for (int i = 0; i < FailureThrottle.MOST_FAILURES; i++) {
            assertThat(get("/hello", basic("reader:" + i)).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> blocked = get("/hello", basic(USER_INFO));

        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(get("/livez", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aMinuteAfterTheFirstWrongGuessTheAddressMayTryAgain() {
        var now = new AtomicLong();
        var throttle = new FailureThrottle(now::get);
        for (int i = 0; i < FailureThrottle.MOST_FAILURES; i++) {
            throttle.failed("a");
        }

        assertThat(throttle.isBlocked("a")).isTrue();
        assertThat(throttle.isBlocked("b")).isFalse();
        now.addAndGet(Duration.ofSeconds(FailureThrottle.WINDOW_SECONDS).toNanos());
        assertThat(throttle.isBlocked("a")).isFalse();
    }

    @Test
    void portSpeaksTlsWithAKeyStore(@TempDir Path folder) throws Exception {
        KeyStore store = TestKeyStore.make(folder.resolve("http.p12"), "store-password");
        open(Map.of(
                "http.ssl.keystore.location",
                folder.resolve("http.p12").toString(),
                "http.ssl.keystore.type",
                "PKCS12",
                "http.ssl.keystore.password",
                "store-password",
                "http.basic.auth.user.info",
                USER_INFO));
        client = HttpClient.newBuilder().sslContext(trusting(store)).build();

        assertThat(url()).startsWith("https://127.0.0.1:");
        assertThat(get("/hello", basic(USER_INFO)).body()).isEqualTo("hello");
        assertThat(get("/hello", null).statusCode()).isEqualTo(401);
    }

    @Test
    void keyStoreThatCannotBeUsedStopsTheStartWithoutShowingItsPassword(@TempDir Path folder) throws Exception {
        TestKeyStore.make(folder.resolve("http.p12"), "store-password");

        Assertions.assertThatThrownBy(() -> open(Map.of(
                        "http.ssl.keystore.location", folder.resolve("http.p12").toString(),
                        "http.ssl.keystore.type", "PKCS12",
                        "http.ssl.keystore.password", "another-word")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("http.ssl.keystore.location")
                .hasMessageNotContaining("another-word");
    }

    private void open(Map<String, String> keys) {
        var all =
                new HashMap<>(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r", "http.port", "0"));
        all.putAll(keys);
        endpoint = HttpEndpoint.open(
                ServiceConfig.of("test", CommonKeys.def(0), all),
                health,
                metrics,
                routes -> routes.get("/hello", context -> context.result("hello")));
    }

    private HttpResponse<String> get(String path, @Nullable String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    private String url() {
        return Objects.requireNonNull(endpoint, "open it first").url();
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String alias : List.of("http")) {
            trusted.setCertificateEntry(alias, store.getCertificate(alias));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
