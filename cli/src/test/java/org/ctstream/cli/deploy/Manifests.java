package org.ctstream.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Kubernetes manifests of this repository, each document as JSON. */
final class Manifests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final List<Manifest> all;

    private Manifests(Path folder, List<Manifest> all) {
        this.folder = folder;
        this.all = all;
    }

    /** One document of one file. */
    record Manifest(Path file, JsonNode content) {
        String kind() {
            return content.path("kind").asText();
        }

        String name() {
            return content.at("/metadata/name").asText();
        }

        JsonNode at(String pointer) {
            return content.at(pointer);
        }

        @Override
        public String toString() {
            return kind() + " " + name() + " in " + file.getFileName();
        }
    }

    static Manifests read(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Manifest> all = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> documents(file).stream())
                    .toList();
            return new Manifests(folder, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Manifest> documents(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var documents = new ArrayList<Manifest>();
        try {
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file))) {
                documents.add(new Manifest(file, JSON.valueToTree(document)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    Path folder() {
        return folder;
    }

    List<Manifest> all() {
        return all;
    }

    Stream<Manifest> of(String... kinds) {
        return all.stream().filter(manifest -> List.of(kinds).contains(manifest.kind()));
    }

    Manifest one(String kind, String name) {
        return of(kind).filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind + " " + name));
    }

    /** Deployments and StatefulSets. */
    Stream<Manifest> workloads() {
        return of("Deployment", "StatefulSet");
    }

    static JsonNode container(Manifest workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    /** A workload's environment, with what config maps and secrets hold filled in and a pod's own name made up. */
    Map<String, String> environment(Manifest workload) {
        var environment = new LinkedHashMap<String, String>();
        for (JsonNode from : container(workload).path("envFrom")) {
            one("ConfigMap", from.at("/configMapRef/name").asText())
                    .at("/data")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));
        }
        for (JsonNode variable : container(workload).path("env")) {
            environment.put(variable.path("name").asText(), value(workload, variable));
        }
        return environment;
    }

    private String value(Manifest workload, JsonNode variable) {
        if (variable.has("value")) {
            return variable.path("value").asText();
        }
        if (variable.at("/valueFrom/fieldRef/fieldPath").asText().equals("metadata.name")) {
            return workload.name() + "-0";
        }
        JsonNode reference = variable.at("/valueFrom/secretKeyRef");
        JsonNode value = one("Secret", reference.path("name").asText())
                .at("/stringData")
                .path(reference.path("key").asText());
        if (!value.isTextual()) {
            throw new AssertionError("No key " + reference + " in the example's secrets, for " + workload);
        }
        return value.asText();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
