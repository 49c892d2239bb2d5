package org.ctstream.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
    private final Health health = new Health(Clock.systemUTC(), Duration.ofMinutes(1));
    private final Metrics metrics = new Metrics("test");
    private final HttpEndpoint endpoint = HttpEndpoint.open(
            config("0"), health, metrics, routes -> routes.get("/hello", context -> context.result("hello")));

    @AfterEach
    void close() throws Exception {
        endpoint.close();
        metrics.close();
    }

    @Test
    void readinessFollowsHealthAndNamesTheReason() throws Exception {
        health.notReady("kafka", "no broker answers");
        HttpResponse<String> before = get("/readyz");
        health.ready("kafka");
        health.note("model", "serving net:1");
        HttpResponse<String> after = get("/readyz");

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).contains("no broker answers");
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).contains("\"notes\":{\"model\":\"serving net:1\"}");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusText() throws Exception {
        metrics.scans(Stage.CLASSIFY, "classified").increment(3);

        assertThat(get("/metrics").body())
                .contains("ctstream_scans_total{outcome=\"classified\",service=\"test\",stage=\"classify\"} 3.0");
    }

    @Test
    void servicesAddTheirOwnRoutes() throws Exception {
        assertThat(get("/hello").body()).isEqualTo("hello");
    }

    @Test
    void takenPortIsNamedWithTheKeyToChange() {
        assertThatThrownBy(() ->
                        HttpEndpoint.open(config(Integer.toString(endpoint.port())), health, metrics, routes -> {}))
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining(Integer.toString(endpoint.port()))
                .hasMessageContaining("http.port");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(endpoint.url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static ServiceConfig config(String port) {
        return ServiceConfig.of(
                "test",
                CommonKeys.def(0),
                Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r", "http.port", port));
    }
}
