package org.ctstream.cli.docs;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.ctstream.gateway.GatewayKeys;
import org.ctstream.ingest.IngestKeys;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.pseudonym.PseudonymKeys;
import org.ctstream.sink.SinkKeys;
import org.ctstream.trainer.continuous.TrainerKeys;
import org.ctstream.worker.WorkerKeys;

/** Writes docs/configuration.md from the services' key definitions. */
final class ConfigurationReference {
    private ConfigurationReference() {}

    static String markdown() {
        var text = new StringBuilder("""
                # Configuration

                This page is generated from the code; a test fails when the two differ.

                A key comes from the command line (`-D key=value`), the environment, or the `.properties` file given with
                `--config`, the first of them winning. Each key's environment variable is named beside it. Kafka's own
                keys (`security.protocol`, `sasl.jaas.config`, …) are passed on to every client; with the prefix
                `consumer.`, `producer.`, `admin.` or `streams.` to that client alone. The serializers' keys
                (`schema.registry.*`, `basic.auth.*`, `value.serializer`, …) are Confluent's.

                A secret (a password, a token, `sasl.jaas.config`) may stand in a file: the same key with `.file` behind it names the file. See [security.md](security.md).

                A key that nobody knows stops the start, with the key that was probably meant; all problems are reported
                at once.
                """);
        section(text, "Every service", CommonKeys.def(0), new ConfigDef());
        var services = new LinkedHashMap<String, ConfigDef>();
        services.put("gateway", GatewayKeys.def());
        services.put("ingest", IngestKeys.def());
        services.put("worker", WorkerKeys.def());
        services.put("sink", SinkKeys.def());
        services.put("trainer", TrainerKeys.def());
        services.forEach((name, def) -> section(text, "`ctstream " + name + "`", def, CommonKeys.def(0)));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, ConfigDef def, ConfigDef without) {
        text.append("\n## ").append(title).append("\n\n| key | default | meaning |\n| --- | --- | --- |\n");
        def.configKeys().values().stream()
                .filter(key -> !without.names().contains(key.name))
                .sorted(Comparator.comparing(key -> key.name))
                .forEach(key -> text.append(row(key)));
    }

    private static String row(ConfigKey key) {
        return "| `%s`<br>`%s` | %s | %s |\n"
                .formatted(
                        key.name,
                        ConfigSources.variableOf(key.name),
                        defaultOf(key),
                        key.documentation.replace("|", "\\|"));
    }

    /** The defaults that belong to one machine or one service are told in words. */
    private static String defaultOf(ConfigKey key) {
        Map<String, String> words = Map.of(
                CommonKeys.INSTANCE_NAME, "host name and process id",
                CommonKeys.HTTP_PORT, "ingest 8090, worker 8091, trainer 8093, gateway 8094, sink 8080",
                PseudonymKeys.SITE_TIME_ZONE, "the machine's");
        if (words.containsKey(key.name)) {
            return words.getOrDefault(key.name, "");
        }
        if (!key.hasDefault()) {
            return "**required**";
        }
        String text = key.type == ConfigDef.Type.PASSWORD ? "" : String.valueOf(key.defaultValue);
        return text.isEmpty() || text.equals("null") || text.equals("[]") ? "none" : "`" + text + "`";
    }
}
