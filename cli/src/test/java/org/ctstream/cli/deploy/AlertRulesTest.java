package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Pattern METRIC = Pattern.compile("ctstream_\\w+");

    @Test
    void everyRuleIsCompleteAndAsksForMetricsThatAreDocumented() throws IOException {
        Path root = root();
        String documented = Files.readString(root.resolve("docs/guide-operators.md"));
        List<JsonNode> rules = Manifests.read(root.resolve("deploy/prometheus")).all().stream()
                .flatMap(file -> Manifests.elements(file.at("/groups")))
                .flatMap(group -> Manifests.elements(group.path("rules")))
                .toList();

        assertThat(rules).hasSizeGreaterThanOrEqualTo(5).allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).matches("Ctstream[A-Za-z]+");
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            List<String> metrics = METRIC.matcher(rule.path("expr").asText())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(metrics)
                    .isNotEmpty()
                    .allSatisfy(metric -> assertThat(documented).contains("`" + metric));
        });
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "No docker-compose.yml above the working directory");
        }
        return folder;
    }
}
