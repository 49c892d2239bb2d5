package org.ctstream.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Pattern INCREASE = Pattern.compile("increase\\((ctstream_\\w+(?:\\{[^}]*})?)\\[(\\w+)]\\)");
    private static final Pattern ENTRY = Pattern.compile("^### (Ctstream\\w+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

    @Test
    void everyRuleIsCompleteAndAsksForMetricsAndLabelsThatThereAre() throws IOException {
        var known = new KnownMetrics();

        assertThat(DeployedQueries.rules()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).matches("Ctstream[A-Za-z]+");
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            PromQuery query = PromQuery.of(rule.path("expr").asText());
            assertThat(query.metrics())
                    .isNotEmpty()
                    .allSatisfy(
                            metric -> assertThat(known.knows(metric)).as(metric).isTrue());
            assertThat(known.labelsOf(query.metrics())).containsAll(query.labels());
            assertThat(known.labelsOf(query.metrics()))
                    .containsAll(LABEL.matcher(rule.at("/annotations/summary").asText())
                            .results()
                            .map(match -> match.group(1))
                            .toList());
        });
        assertThat(DeployedQueries.rules())
                .extracting(rule -> rule.path("alert").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyRuleHasAnEntryInTheRunbookAndEveryEntryARule() throws IOException {
        String runbook = Files.readString(DeployedQueries.root().resolve("docs/operations.md"));
        List<String> entries =
                ENTRY.matcher(runbook).results().map(match -> match.group(1)).toList();
        List<JsonNode> rules = DeployedQueries.rules();

        assertThat(entries)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().map(rule -> rule.path("alert").asText()).toList());
        assertThat(rules)
                .allSatisfy(
                        rule -> assertThat(rule.at("/annotations/runbook_url").asText())
                                .isEqualTo("docs/operations.md#"
                                        + rule.path("alert").asText().toLowerCase(Locale.ROOT)));
        for (String entry : entries) {
            String text = runbook.substring(runbook.indexOf("### " + entry + "\n") + 5 + entry.length());
            String body = text.split("\n##", 2)[0];
            assertThat(body).as(entry).contains("**Symptom.**", "**It means.**", "**Look first.**", "**Remedy.**");
        }
    }

    @Test
    void firstOfItsKindIsSeenToo() throws IOException {
        List<String> growing = DeployedQueries.rules().stream()
                .map(rule -> rule.path("expr").asText())
                .filter(expression -> expression.contains("increase("))
                .toList();

        // increase() is 0 for a counter that has just appeared, as one with a reason does with its first count.
        assertThat(growing)
                .isNotEmpty()
                .allSatisfy(
                        expression -> assertThat(INCREASE.matcher(expression).results())
                                .isNotEmpty()
                                .allSatisfy(increase -> assertThat(expression).contains(sinceItBegan(increase))));
    }

    @Test
    void everyServiceOnAScansWayIsMissedWhenItIsGone() throws IOException {
        assertThat(DeployedQueries.rules().stream()
                        .map(rule -> rule.path("expr").asText()))
                .anySatisfy(expression -> assertThat(expression)
                        .contains("absent(")
                        .contains("service=\"ingest\"", "service=\"inference-worker\"", "service=\"results-sink\""));
    }

    private static String sinceItBegan(MatchResult increase) {
        return increase.group(1) + " unless " + increase.group(1) + " offset " + increase.group(2);
    }
}
