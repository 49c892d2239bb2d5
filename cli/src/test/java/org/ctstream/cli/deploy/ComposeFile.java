package org.ctstream.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The compose file of this repository, with its variables filled in as compose would.
 *
 * <p>Of compose's interpolation it knows what the file uses: {@code ${NAME-default}}, {@code ${NAME:-default}} and
 * {@code ${NAME:?message}}. Anything else is an error, so that the file cannot outgrow its test unseen.
 */
final class ComposeFile {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z0-9_]+)(:?[-?])([^}]*)}");

    private final String text;
    private final Map<String, String> environment;
    private final Map<String, Object> content;

    private ComposeFile(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        this.content = map(new Yaml(new SafeConstructor(options)).load(text));
    }

    static ComposeFile read(Path root, Map<String, String> environment) throws IOException {
        return new ComposeFile(Files.readString(root.resolve("docker-compose.yml")), environment);
    }

    Map<String, Service> services() {
        var services = new LinkedHashMap<String, Service>();
        map(content.get("services")).forEach((name, service) -> services.put(name, new Service(name, map(service))));
        return services;
    }

    Service service(String name) {
        Service service = services().get(name);
        if (service == null) {
            throw new IllegalArgumentException(
                    "No service " + name + " among " + services().keySet());
        }
        return service;
    }

    Set<String> volumes() {
        return map(content.get("volumes")).keySet();
    }

    /** Names of the variables that compose reads from {@code .env}. */
    Set<String> variables() {
        var names = new TreeSet<String>();
        REFERENCE.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /** Names of the variables without which compose refuses to start. */
    Set<String> requiredVariables() {
        var names = new TreeSet<String>();
        REFERENCE
                .matcher(text)
                .results()
                .filter(match -> match.group(2).equals(":?"))
                .forEach(match -> names.add(match.group(1)));
        return names;
    }

    private String filled(String value) {
        String filled = REFERENCE.matcher(value).replaceAll(match -> {
            String given = environment.get(match.group(1));
            boolean missing = given == null || (match.group(2).startsWith(":") && given.isEmpty());
            if (missing && match.group(2).endsWith("?")) {
                throw new IllegalArgumentException(match.group(1) + " is missing: " + match.group(3));
            }
            return Matcher.quoteReplacement(missing ? match.group(3) : String.valueOf(given));
        });
        if (filled.contains("$")) {
            throw new IllegalArgumentException("Interpolation that this test does not know: " + value);
        }
        return filled;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    /** One service, as the file has it once anchors and merges are resolved. */
    final class Service {
        private final String name;
        private final Map<String, Object> content;

        private Service(String name, Map<String, Object> content) {
            this.name = name;
            this.content = content;
        }

        String name() {
            return name;
        }

        boolean has(String key) {
            return content.containsKey(key);
        }

        String string(String key) {
            return filled(String.valueOf(content.get(key)));
        }

        /** A list of scalars; empty if the key is not there. */
        List<String> strings(String key) {
            return scalars(content.get(key));
        }

        Map<String, Object> section(String key) {
            return map(content.get(key));
        }

        Map<String, String> environment() {
            var filled = new LinkedHashMap<String, String>();
            section("environment").forEach((key, value) -> filled.put(key, filled(String.valueOf(value))));
            return filled;
        }

        List<String> healthcheck() {
            return scalars(section("healthcheck").get("test"));
        }

        private List<String> scalars(@Nullable Object node) {
            var filled = new ArrayList<String>();
            if (node != null) {
                ((List<?>) node).forEach(value -> filled.add(filled(String.valueOf(value))));
            }
            return filled;
        }
    }
}
