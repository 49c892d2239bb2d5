package org.ctstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RestSchemaRegistryTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("a.B").fields().requiredInt("n").endRecord();
    private static final String FOUND = "{\"schema\":\"" + SCHEMA.toString().replace("\"", "\\\"") + "\"}";
    private static final String UNKNOWN_ID = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    @Test
    void schemaIsAskedForOnceAndThenRemembered() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, FOUND))) {
            SchemaRegistry registry = open(stub.url() + "/apis/ccompat/v7/");

            assertThat(registry.schemaOf(7)).isEqualTo(SCHEMA);
            assertThat(registry.schemaOf(7)).isEqualTo(SCHEMA);

            assertThat(stub.requests()).containsExactly("GET /apis/ccompat/v7/schemas/ids/7");
        }
    }

    @Test
    void registeringSendsTheTextWithoutJavaPropertiesUnderTheEncodedSubject() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, "{\"id\":12}"))) {
            assertThat(open(stub.url()).register("a b-value", Topic.SCAN_RECEIVED.schema()))
                    .isEqualTo(12);

            assertThat(stub.requests()).containsExactly("POST /subjects/a%20b-value/versions");
            assertThat(stub.bodies().get(0)).contains("ScanReceived").doesNotContain("avro.java.string");
        }
    }

    @Test
    void lookUpNormalizesIfConfigured() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, "{\"id\":12,\"version\":1}"))) {
            assertThat(open(stub.url(), "normalize.schemas", "true").idOf("s", SCHEMA))
                    .isEqualTo(12);

            assertThat(stub.requests()).containsExactly("POST /subjects/s?normalize=true");
        }
    }

    @Test
    void registryThatIsAwayIsTriedAgainAndThenRetriable() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        SchemaRegistry registry = open("http://127.0.0.1:" + closedPort);

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> registry.schemaOf(1))
                .isInstanceOf(RetriableException.class)
                .withMessageContaining("127.0.0.1:" + closedPort)
                .withMessageContaining("in 3 attempts");
    }

    @Test
    void oneAnswerAmongErrorsIsEnough() {
        try (StubRegistry stub = new StubRegistry((exchange, count) ->
                StubRegistry.send(exchange, count < 3 ? 503 : 200, count < 3 ? "<html>busy</html>" : FOUND))) {
            assertThat(open(stub.url()).schemaOf(1)).isEqualTo(SCHEMA);

            assertThat(stub.requests()).hasSize(3);
        }
    }

    @Test
    void nextUrlIsTriedAndThenPreferred() {
        try (StubRegistry ill = new StubRegistry(StubRegistry.json(500, "{\"error_code\":50001}"));
                StubRegistry well = new StubRegistry(StubRegistry.json(200, FOUND))) {
            SchemaRegistry registry = open(ill.url() + "," + well.url());

            registry.schemaOf(1);
            registry.schemaOf(2);

            assertThat(ill.requests()).hasSize(1);
            assertThat(well.requests()).hasSize(2);
        }
    }

    @Test
    void unknownIdIsPoisonAndNotTriedAgainAndNotRemembered() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(404, UNKNOWN_ID))) {
            SchemaRegistry registry = open(stub.url());

            assertThatExceptionOfType(UnknownSchemaException.class)
                    .isThrownBy(() -> registry.schemaOf(9))
                    .isInstanceOf(SerializationException.class)
                    .withMessageContaining("id 9")
                    .withMessageContaining("40403");
            assertThat(stub.requests()).hasSize(1);
            assertThatExceptionOfType(UnknownSchemaException.class).isThrownBy(() -> registry.schemaOf(9));
            assertThat(stub.requests()).hasSize(2);
        }
    }

    @Test
    void whatIsNoRegistrysAnswerIsRetriableAndCostsNoRecord() {
        for (StubRegistry.Answer answer : List.of(
                StubRegistry.json(404, "<html>no such ingress</html>"),
                StubRegistry.json(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"),
                StubRegistry.json(404, ""),
                StubRegistry.json(301, ""),
                StubRegistry.json(302, "<html>log in</html>"),
                StubRegistry.json(400, "{\"error_code\":400}"),
                StubRegistry.json(200, "<html>log in</html>"),
                StubRegistry.json(200, "{}"))) {
            try (StubRegistry stub = new StubRegistry(answer)) {
                assertThatExceptionOfType(RegistryUnavailableException.class)
                        .isThrownBy(() -> open(stub.url()).schemaOf(1))
                        .withMessageContaining("id 1")
                        .withMessageContaining("schema.registry.url");
            }
        }
    }

    @Test
    void schemaOfAnotherKindIsPoison() {
        for (String answer : List.of(
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}",
                "{\"schema\":\"{nonsense\"}",
                "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\"}]}")) {
            try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, answer))) {
                assertThatExceptionOfType(UnknownSchemaException.class)
                        .as(answer)
                        .isThrownBy(() -> open(stub.url()).schemaOf(1));
            }
        }
    }

    @Test
    void incompatibleAndUnregisteredSchemasAreRejectedWithARemedy() {
        try (StubRegistry stub =
                new StubRegistry(StubRegistry.json(409, "{\"error_code\":409,\"message\":\"incompatible\"}"))) {
            assertThatExceptionOfType(SchemaRejectedException.class)
                    .isThrownBy(() -> open(stub.url()).register("s", SCHEMA))
                    .withMessageContaining("incompatible with an earlier version");
        }
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(404, UNKNOWN_ID))) {
            assertThatExceptionOfType(SchemaRejectedException.class)
                    .isThrownBy(() -> open(stub.url()).idOf("s", SCHEMA))
                    .withMessageContaining("auto.register.schemas=true");
        }
    }

    @Test
    void refusedCredentialsAreAnErrorOfTheirOwn() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(401, ""))) {
            assertThatExceptionOfType(RegistryAccessException.class)
                    .isThrownBy(() -> open(stub.url()).schemaOf(1))
                    .withMessageContaining("HTTP 401");
        }
    }

    @Test
    void answerLargerThanASchemaCanBeIsNotRead() {
        String flood = " ".repeat(RegistryHttp.MAX_ANSWER_BYTES + 1);
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, flood))) {
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> open(stub.url(), "max.retries", "0").schemaOf(1))
                    .withMessageContaining("larger than");
        }
    }

    @Test
    void bodyThatNeverEndsTimesOut() {
        CountDownLatch over = new CountDownLatch(1);
        try (StubRegistry stub = new StubRegistry((exchange, count) -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            long start = System.nanoTime();
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> open(stub.url(), "max.retries", "0", "http.read.timeout.ms", "300")
                            .schemaOf(1))
                    .withMessageContaining("300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            over.countDown();
        }
    }

    @Test
    void interruptEndsTheWaitAndStaysSet() throws InterruptedException {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(503, ""))) {
            SchemaRegistry registry =
                    open(stub.url(), "max.retries", "100", "retries.wait.ms", "60000", "retries.max.wait.ms", "60000");
            var outcome = new CompletableFuture<Boolean>();
            Thread caller = new Thread(() -> {
                try {
                    registry.schemaOf(1);
                    outcome.complete(false);
                } catch (InterruptException e) {
                    outcome.complete(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            caller.interrupt();

            assertThat(outcome.join()).isTrue();
            caller.join();
        }
    }

    @Test
    void basicCredentialsComeFromTheirKeyOrTheUrl() {
        String expected = "Basic dXNlcjpwYXNz"; // user:pass
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, FOUND))) {
            open(stub.url(), "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "user:pass")
                    .schemaOf(1);
            open(stub.url().replace("http://", "http://user:pass@")).schemaOf(1);

            assertThat(stub.authorizations()).containsExactly(expected, expected);
        }
    }

    @Test
    void bearerTokenIsSent() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(200, FOUND))) {
            open(stub.url(), "bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken")
                    .schemaOf(1);

            assertThat(stub.authorizations()).containsExactly("Bearer t0ken");
        }
    }

    @Test
    void secretsAreInNoMessage() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(503, ""))) {
            String url = stub.url().replace("http://", "http://user:hunter2@");
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> open(url).schemaOf(1))
                    .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hunter2"));
        }
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> open("http://user:hunter2@[broken"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
    }

    @Test
    void configurationThatCannotWorkIsRefusedAtOnce() {
        for (String url : List.of("", "ftp://x", "mock://a,http://b", "nonsense")) {
            assertThatExceptionOfType(ConfigException.class).as(url).isThrownBy(() -> open(url));
        }
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> open("http://x", "basic.auth.credentials.source", "USER_INFO"));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> open("http://x", "bearer.auth.credentials.source", "STATIC_TOKEN"));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> open(
                        "http://u:p@x", "bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t"));
    }

    private static SchemaRegistry open(String url, String... more) {
        Map<String, String> configs = new HashMap<>(Map.of(
                "schema.registry.url", url, "max.retries", "2", "retries.wait.ms", "1", "retries.max.wait.ms", "5"));
        for (int i = 0; i < more.length; i += 2) {
            configs.put(more[i], more[i + 1]);
        }
        return SchemaRegistries.open(configs);
    }
}
