package org.ctstream.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The expressions under deploy/ that ask Prometheus: those of the alerting rules and of the dashboard. */
public final class DeployedQueries {
    private static final String OURS = "ctstream_";

    private DeployedQueries() {}

    /** Alerting rules, in the order of the file. */
    static List<JsonNode> rules() throws IOException {
        return Manifests.read(root().resolve("deploy/prometheus")).all().stream()
                .filter(file -> file.at("/groups").isArray())
                .flatMap(file -> Manifests.elements(file.at("/groups")))
                .flatMap(group -> Manifests.elements(group.path("rules")))
                .toList();
    }

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Files.readString(root().resolve("deploy/grafana/dashboards/ctstream.json")));
    }

    /** Panels of the dashboard that show something; rows do not. */
    static List<JsonNode> panels() throws IOException {
        return Manifests.elements(dashboard().path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    static List<String> expressions() throws IOException {
        var expressions = new ArrayList<String>();
        rules().forEach(rule -> expressions.add(rule.path("expr").asText()));
        panels().forEach(panel -> Manifests.elements(panel.path("targets"))
                .forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    /** Names asked for that are not ours. */
    public static Set<String> ofLibraries() throws IOException {
        var names = new TreeSet<String>();
        for (String expression : expressions()) {
            names.addAll(PromQuery.of(expression).metrics().stream()
                    .filter(name -> !name.startsWith(OURS) && !name.equals("up"))
                    .collect(Collectors.toSet()));
        }
        return names;
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "No docker-compose.yml above the working directory");
        }
        return folder;
    }
}
