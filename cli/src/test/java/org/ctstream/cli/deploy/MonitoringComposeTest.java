package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Prometheus and Grafana beside the stack: what can be told of their files without starting them. */
class MonitoringComposeTest {
    private static final Path ROOT = DeployedQueries.root();

    @Test
    void prometheusScrapesEveryServiceAtThePortItHas() throws IOException {
        var scraped = new TreeMap<String, Integer>();
        for (JsonNode job : yaml("deploy/prometheus/prometheus.yaml").path("scrape_configs")) {
            for (JsonNode found : job.path("dns_sd_configs")) {
                found.path("names")
                        .forEach(name ->
                                scraped.put(name.asText(), found.path("port").asInt()));
            }
        }
        var ours = new TreeMap<String, Integer>();
        yaml("docker-compose.yml").path("services").properties().forEach(service -> {
            JsonNode port = service.getValue().at("/environment/CTSTREAM_HTTP_PORT");
            if (!port.isMissingNode()) {
                ours.put(service.getKey(), port.asInt());
            }
        });

        assertThat(ours).isNotEmpty();
        assertThat(scraped).isEqualTo(ours);
    }

    @Test
    void everyMountedFileIsThereAndEveryVolumeDeclared() throws IOException {
        JsonNode compose = yaml("docker-compose.monitoring.yml");
        var volumes = new TreeSet<String>();
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String from = volume.asText().split(":", 2)[0];
                if (from.startsWith("./")) {
                    assertThat(ROOT.resolve(from)).exists();
                } else {
                    volumes.add(from);
                }
            }
            assertThat(service.path("image").asText()).matches(".+:v?\\d+\\.\\d+\\.\\d+");
            assertThat(service.at("/deploy/resources/limits/memory").asText()).isNotBlank();
            service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        }
        assertThat(compose.path("volumes").properties())
                .extracting(volume -> volume.getKey())
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(yaml("deploy/prometheus/prometheus.yaml").at("/rule_files/0").asText())
                .isEqualTo("/etc/prometheus/alerts.yaml");
        assertThat(yaml("deploy/grafana/provisioning/datasources/ctstream.yaml")
                        .at("/datasources/0/url")
                        .asText())
                .isEqualTo("http://prometheus:9090");
    }

    private static JsonNode yaml(String file) throws IOException {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(ROOT.resolve(file)));
        return new ObjectMapper().valueToTree(content);
    }
}
