package org.ctstream.service.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.Attributes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.header.Headers;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.config.TracingKeys;
import org.ctstream.service.event.EventHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpTracingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** What a collector was sent: OTLP's protobuf has identifiers as their bytes and names as UTF-8. */
    private final List<String> sent = new CopyOnWriteArrayList<>();

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            sent.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void aStepBecomesASpanOfTheScansTraceAndTheNextOnesParent() {
        Headers published = EventHeaders.starting("ct.scan.received", "scan-1", "test", NOON);
        Headers normalized = EventHeaders.following(published, "ct.scan.normalized", "scan-1", "test", NOON);
        Headers classified;
        try (Tracing tracing = OtlpTracing.open(
                config(Map.of(TracingKeys.ENDPOINT, endpoint(), TracingKeys.HEADERS, "Authorization=Bearer t")),
                "ingest")) {
            tracing.done(normalized, () -> step("normalize"));
            classified = EventHeaders.following(normalized, "ct.scan.classified", "result-1", "test", NOON);
            tracing.done(classified, () -> step("classify"));
        }

        assertThat(trace(normalized)).isEqualTo(trace(published));
        assertThat(trace(classified)).isEqualTo(trace(published));
        assertThat(span(normalized)).isNotEqualTo(span(published));
        assertThat(span(classified)).isNotEqualTo(span(normalized));
        String everything = String.join("", sent);
        assertThat(everything)
                .contains("normalize", "classify", "ctstream.scan.id", "scan-1", "instance-7")
                .contains(bytes(trace(published)))
                .contains(bytes(span(published)), bytes(span(normalized)), bytes(span(classified)));
        assertThat(authorizations).containsOnly("Bearer t");
    }

    @Test
    void aPublishedScanBeginsTheTraceAndFailsWithoutTellingMoreThanTheKindOfFailure() {
        Headers first = EventHeaders.starting("ct.scan.received", "scan-1", "test", NOON);
        Headers second = EventHeaders.starting("ct.scan.received", "scan-2", "test", NOON);
        String invented = traceparent(first);
        try (Tracing tracing =
                OtlpTracing.open(Map.of(TracingKeys.ENDPOINT, endpoint(), "sasl.mechanism", "PLAIN"), "publish", "1")) {
            tracing.begin("publish", NOON, Attributes.of(SpanAttributes.SCAN_ID, "scan-1"), first)
                    .done(NOON.plusMillis(3));
            tracing.begin("publish", NOON, Attributes.of(SpanAttributes.SCAN_ID, "scan-2"), second)
                    .failed(NOON.plusMillis(3), new IllegalStateException("of Doe^John"));
        }

        assertThat(traceparent(first)).isNotEqualTo(invented);
        assertThat(traceparent(first)).as("sampled, maybe random too").matches(".*-0[13]");
        assertThat(String.join("", sent))
                .contains(bytes(trace(first)), bytes(span(first)), bytes(trace(second)), "IllegalStateException")
                .doesNotContain("Doe");
    }

    @Test
    void stateOfTheTraceStaysWithIt() {
        Headers published = EventHeaders.starting("ct.scan.received", "scan-1", "test", NOON)
                .add(EventHeaders.TRACESTATE, "vendor=7".getBytes(UTF_8));
        Headers normalized = EventHeaders.following(published, "ct.scan.normalized", "scan-1", "test", NOON);
        try (Tracing tracing = OtlpTracing.open(config(Map.of(TracingKeys.ENDPOINT, endpoint())), "ingest")) {
            tracing.done(normalized, () -> step("normalize"));
        }

        assertThat(new String(normalized.lastHeader(EventHeaders.TRACESTATE).value(), UTF_8))
                .isEqualTo("vendor=7");
        assertThat(span(normalized)).isNotEqualTo(span(published));
    }

    @Test
    void withoutAnEndpointNobodyIsAskedForAStep() {
        try (Tracing tracing = Tracing.none()) {
            tracing.done(EventHeaders.starting("t", "i", "s", NOON), () -> {
                throw new AssertionError("asked");
            });
            tracing.last(EventHeaders.starting("t", "i", "s", NOON), () -> {
                throw new AssertionError("asked");
            });
        }
    }

    @Test
    void withoutAnEndpointTheContextGoesOnAsItCame() {
        Headers published = EventHeaders.starting("ct.scan.received", "scan-1", "test", NOON);
        Headers normalized = EventHeaders.following(published, "ct.scan.normalized", "scan-1", "test", NOON);
        try (Tracing tracing = OtlpTracing.open(config(Map.of()), "ingest")) {
            tracing.done(normalized, () -> step("normalize"));
        }
        assertThat(traceparent(normalized)).isEqualTo(traceparent(published));
        assertThat(normalized.headers(EventHeaders.TRACEPARENT)).hasSize(1);
    }

    @Test
    void aShareOfNothingSendsNothing() {
        Headers headers = EventHeaders.starting("ct.scan.received", "scan-1", "test", NOON);
        try (Tracing tracing = OtlpTracing.open(
                config(Map.of(TracingKeys.ENDPOINT, endpoint(), TracingKeys.SAMPLE_RATIO, "0")), "ingest")) {
            String before = traceparent(headers);
            tracing.done(headers, () -> step("normalize"));
            assertThat(traceparent(headers)).as("no parent that nobody has").isEqualTo(before);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void aCollectorThatIsAwayCostsSpansAndNothingElse() {
        collector.stop(0);
        Headers headers = EventHeaders.starting("ct.scan.received", "scan-1", "test", NOON);
        try (Tracing tracing = OtlpTracing.open(config(Map.of(TracingKeys.ENDPOINT, endpoint())), "ingest")) {
            tracing.done(headers, () -> step("normalize"));
        }
        assertThat(headers.headers(EventHeaders.TRACEPARENT)).hasSize(1);
    }

    @Test
    void anEndpointThatIsNoUrlIsAProblemThatNamesTheKey() {
        assertThatThrownBy(() -> OtlpTracing.open(config(Map.of(TracingKeys.ENDPOINT, "collector:4317")), "ingest"))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining(TracingKeys.ENDPOINT);
    }

    @Test
    void aHeaderWithoutANameIsAProblemThatDoesNotRepeatTheSecret() {
        assertThatThrownBy(() -> OtlpTracing.open(
                        config(Map.of(TracingKeys.ENDPOINT, endpoint(), TracingKeys.HEADERS, "sesame")), "ingest"))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining(TracingKeys.HEADERS)
                .hasMessageNotContaining("sesame");
    }

    private String endpoint() {
        return "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
    }

    private static Step step(String name) {
        return new Step(name, NOON, NOON.plusMillis(5), Attributes.of(SpanAttributes.SCAN_ID, "scan-1"));
    }

    private static ServiceConfig config(Map<String, String> more) {
        var keys = new HashMap<>(more);
        keys.put(CommonKeys.BOOTSTRAP_SERVERS, "localhost:9092");
        keys.put(CommonKeys.SCHEMA_REGISTRY_URL, "http://localhost:8081");
        keys.put(CommonKeys.INSTANCE_NAME, "instance-7");
        return ServiceConfig.of("test", CommonKeys.def(0), keys);
    }

    private static String traceparent(Headers headers) {
        return new String(headers.lastHeader(EventHeaders.TRACEPARENT).value(), UTF_8);
    }

    private static String trace(Headers headers) {
        return traceparent(headers).substring(3, 35);
    }

    private static String span(Headers headers) {
        return traceparent(headers).substring(36, 52);
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }
}
