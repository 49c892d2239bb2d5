package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be told of the dashboard without a Grafana: it is complete, and asks for metrics that there are. */
class DashboardTest {
    private static final int COLUMNS = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
    private static final Set<String> OF_GRAFANA = Set.of("__rate_interval", "__range", "__interval", "__all");

    @Test
    void everyPanelIsCompleteAndHasAnIdOfItsOwn() throws IOException {
        assertThat(DeployedQueries.panels()).hasSizeGreaterThan(30).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText())
                    .as(panel.path("title").asText())
                    .endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(panel.path("title").asText())
                    .isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(panel.path("targets").findValuesAsText("refId")).doesNotHaveDuplicates();
        });
        assertThat(Manifests.elements(DeployedQueries.dashboard().path("panels"))
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates()
                .doesNotContain(0);
        assertThat(DeployedQueries.panels().stream()
                        .map(panel -> panel.path("title").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void noPanelLiesOnAnother() throws IOException {
        var taken = new HashSet<String>();
        Manifests.elements(DeployedQueries.dashboard().path("panels")).forEach(panel -> {
            JsonNode place = panel.path("gridPos");
            int x = place.path("x").asInt();
            int y = place.path("y").asInt();
            assertThat(x + place.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int column = x; column < x + place.path("w").asInt(); column++) {
                for (int line = y; line < y + place.path("h").asInt(); line++) {
                    assertThat(taken.add(column + "," + line))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        });
    }

    @Test
    void everyExpressionAsksForMetricsAndLabelsThatThereAre() throws IOException {
        var known = new KnownMetrics();
        for (JsonNode panel : DeployedQueries.panels()) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asText();
                PromQuery query = PromQuery.of(expression);
                assertThat(query.metrics())
                        .as(expression)
                        .isNotEmpty()
                        .allSatisfy(metric ->
                                assertThat(known.knows(metric)).as(metric).isTrue());
                assertThat(known.labelsOf(query.metrics())).as(expression).containsAll(query.labels());
                assertThat(known.labelsOf(query.metrics()))
                        .as(expression)
                        .containsAll(labels(target.path("legendFormat").asText()));
            }
        }
    }

    @Test
    void noDatasourceIsSomebodysOwnAndEveryVariableIsThere() throws IOException {
        JsonNode dashboard = DeployedQueries.dashboard();
        assertThat(dashboard.findValues("datasource"))
                .hasSizeGreaterThan(60)
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
        Set<String> declared = Manifests.elements(dashboard.at("/templating/list"))
                .map(variable -> variable.path("name").asText())
                .collect(Collectors.toSet());
        List<String> used = VARIABLE.matcher(dashboard.toString())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !OF_GRAFANA.contains(name))
                .toList();
        assertThat(declared).contains("datasource").containsAll(used);
    }

    @Test
    void provisioningNamesTheFolderTheDashboardIsMountedAt() {
        Manifests provisioning = Manifests.read(DeployedQueries.root().resolve("deploy/grafana/provisioning"));
        assertThat(provisioning.all())
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.at("/apiVersion").asInt()).isEqualTo(1));
        assertThat(provisioning.all())
                .extracting(file -> file.at("/providers/0/options/path").asText())
                .contains("/var/lib/grafana/dashboards");
        assertThat(provisioning.all())
                .extracting(file -> file.at("/datasources/0/type").asText())
                .contains("prometheus");
    }

    /** {@code {{lane}}} in a legend. */
    private static List<String> labels(String legend) {
        return Pattern.compile("\\{\\{(\\w+)}}")
                .matcher(legend)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
