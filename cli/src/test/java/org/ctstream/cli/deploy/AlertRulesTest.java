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
    private static final Pattern INCREASE = Pattern.compile("increase\\((ctstream_\\w+)\\[(\\w+)]\\)");

    @Test
    void everyRuleIsCompleteAndAsksForMetricsThatAreDocumented() throws IOException {
        Path root = root();
        String documented = Files.readString(root.resolve("docs/guide-operators.md"));

        assertThat(rules(root)).hasSizeGreaterThanOrEqualTo(5).allSatisfy(rule -> {
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

    @Test
    void firstOfItsKindIsSeenToo() throws IOException {
        List<String> growing = rules(root()).stream()
                .map(rule -> rule.path("expr").asText())
                .filter(expression -> expression.contains("increase("))
                .toList();

        // increase() is 0 for a counter that has just appeared, as one with a reason does with its first count.
        assertThat(growing)
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(
                                INCREASE.matcher(expression).results())
                        .isNotEmpty()
                        .allSatisfy(increase -> assertThat(expression)
                                .contains(increase.group(1) + " unless " + increase.group(1) + " offset "
                                        + increase.group(2))));
    }

    @Test
    void everyServiceOnAScansWayIsMissedWhenItIsGone() throws IOException {
        assertThat(rules(root()).stream().map(rule -> rule.path("expr").asText()))
                .anySatisfy(expression -> assertThat(expression)
                        .contains("absent(")
                        .contains("service=\"ingest\"", "service=\"inference-worker\"", "service=\"results-sink\""));
    }

    private static List<JsonNode> rules(Path root) throws IOException {
        return Manifests.read(root.resolve("deploy/prometheus")).all().stream()
                .flatMap(file -> Manifests.elements(file.at("/groups")))
                .flatMap(group -> Manifests.elements(group.path("rules")))
                .toList();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "No docker-compose.yml above the working directory");
        }
        return folder;
    }
}
