package org.ctstream.cli.roles;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.ctstream.service.config.ConfigSources;

/** Writes down the keys of a service. */
final class KeyReference {
    private KeyReference() {}

    static void print(ConfigDef keys, PrintWriter out) {
        keys.configKeys().values().stream()
                .sorted(Comparator.comparing((ConfigKey key) -> key.importance).thenComparing(key -> key.name))
                .forEach(key -> print(key, out));
        out.println(
                "Kafka's own client keys are passed through: at the top to every client, with the prefix consumer.,");
        out.println("producer., admin. or streams. to that one.");
        out.flush();
    }

    private static void print(ConfigKey key, PrintWriter out) {
        out.println(key.name);
        out.println("    " + key.documentation);
        String fallback = key.hasDefault() ? "default: " + value(key) : "required";
        String valid = key.validator == null ? "" : ", valid: " + key.validator;
        out.println("    " + key.type.name().toLowerCase(Locale.ROOT) + ", " + fallback + valid + ", "
                + ConfigSources.variableOf(key.name));
        out.println();
    }

    private static String value(ConfigKey key) {
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text == null || text.isEmpty() ? "(empty)" : text;
    }
}
