package org.ctstream.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.SinkKeys;
import org.ctstream.sink.deliver.AlertKeys;
import org.ctstream.sink.hl7.Hl7Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookEndpointsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Map<String, AlertBody> BODIES = Map.of("json", new JsonBody(), "fhir", new JsonBody());

    private final List<String> problems = new ArrayList<>();

    @Test
    void withoutKeysThereAreNoEndpoints() {
        assertThat(read(Map.of())).isEmpty();
        assertThat(problems).isEmpty();
        assertThat(AlertKeys.rules(config(Map.of())).suppressStudyMinutes()).isZero();
    }

    @Test
    void everyEndpointHasItsOwnUrlSecretFormatAndAuthorization() {
        List<WebhookEndpoint> endpoints = read(Map.of(
                "webhook.urls", "ward=https://ward.example/ct, archive=https://archive.example:8443/fhir",
                "webhook.secrets", "ward=" + SECRET + ",archive=" + SECRET + " " + SECRET,
                "webhook.authorization", "archive=Bearer abc",
                "webhook.format", "ward=json,archive=fhir"));

        assertThat(problems).isEmpty();
        assertThat(endpoints).extracting(WebhookEndpoint::name).containsExactly("ward", "archive");
        assertThat(endpoints.get(0).body()).isSameAs(BODIES.get("json"));
        assertThat(endpoints.get(0).authorization()).isNull();
        assertThat(endpoints.get(1).body()).isSameAs(BODIES.get("fhir"));
        assertThat(endpoints.get(1).authorization()).isEqualTo("Bearer abc");
        assertThat(endpoints.get(1)).hasToString("WebhookEndpoint[archive]");
    }

    @Test
    void secretsMayStandInAFileOneToALine(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secrets"), "ward=" + SECRET + "\narchive=" + SECRET + "\n");

        List<WebhookEndpoint> endpoints = read(Map.of(
                "webhook.urls",
                "ward=https://ward.example/,archive=https://archive.example/",
                "webhook.secrets.file",
                file.toString()));

        assertThat(problems).isEmpty();
        assertThat(endpoints).hasSize(2);
    }

    @Test
    void everyProblemIsToldAndNoSecretAndNoUrlShown() {
        read(Map.of(
                "webhook.urls",
                "Ward=https://a.example/,a=ftp://hidden/,b=https://user:hidden@b.example/,c=http://c.example/hidden,"
                        + "d=https://d.example/,e=https://e.example/hidden",
                "webhook.secrets",
                "d=hidden,c=" + SECRET + ",nobody=" + SECRET,
                "webhook.format",
                "e=xml"));

        assertThat(problems)
                .anyMatch(problem -> problem.contains("entry 1 of webhook.urls"))
                .anyMatch(problem -> problem.contains("the URL of a in webhook.urls"))
                .anyMatch(problem -> problem.contains("the URL of b in webhook.urls"))
                .anyMatch(problem -> problem.contains("post to c by http") && problem.contains("webhook.plain.http"))
                .anyMatch(problem -> problem.contains("webhooks to d: webhook.secrets has none that fits"))
                .anyMatch(problem -> problem.contains("webhooks to e: webhook.secrets has no entry e=…"))
                .anyMatch(problem -> problem.contains("webhook.secrets speaks of nobody"))
                .anyMatch(problem -> problem.contains("webhook.format for e"))
                .noneMatch(problem -> problem.contains("hidden") || problem.contains(SECRET));
    }

    @Test
    void plainHttpIsForThisMachineUnlessAllowed() {
        String urls = "near=http://127.0.0.1:8000/,far=http://192.0.2.1/";
        String secrets = "near=" + SECRET + ",far=" + SECRET;

        assertThat(read(Map.of("webhook.urls", urls, "webhook.secrets", secrets)))
                .extracting(WebhookEndpoint::name)
                .containsExactly("near");
        assertThat(read(Map.of("webhook.urls", urls, "webhook.secrets", secrets, "webhook.plain.http", "true")))
                .hasSize(2);
    }

    @Test
    void hl7AddressesAreHostAndPort() {
        ServiceConfig config = config(Map.of("hl7.addresses", "ris=ris.example:2575,bad=ris.example,worse=x:70000"));

        assertThat(Hl7Address.of(config, problems)).containsExactly(new Hl7Address("ris", "ris.example", 2575));
        assertThat(problems).hasSize(2).allMatch(problem -> problem.contains("host:port"));
    }

    private List<WebhookEndpoint> read(Map<String, String> given) {
        return WebhookEndpoints.of(config(given), BODIES, problems);
    }

    private static ServiceConfig config(Map<String, String> given) {
        var all = new HashMap<>(Map.of(
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://keys",
                "database.url", "jdbc:h2:mem:keys"));
        all.putAll(given);
        return ServiceConfig.of("results-sink", SinkKeys.def(), all);
    }
}
