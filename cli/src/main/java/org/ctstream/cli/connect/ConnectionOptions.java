package org.ctstream.cli.connect;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.ctstream.cli.CliException;
import org.ctstream.service.config.SecretFiles;
import org.ctstream.service.config.SecretKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which cluster a command talks to. Option over file over default. */
public final class ConnectionOptions {
    public static final String DEFAULT_BOOTSTRAP = "localhost:9092";
    public static final String DEFAULT_REGISTRY = "http://localhost:8081/apis/ccompat/v7";

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers to begin with, comma-separated. Default: " + DEFAULT_BOOTSTRAP
                    + ", where \"ctstream up\" has its broker.")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry. Default: " + DEFAULT_REGISTRY + ".")
    private @Nullable String registry;

    @Option(
            names = {"--command-config", "--config"},
            paramLabel = "FILE",
            description = "Properties file with further keys of Kafka's clients and of the registry, for example"
                    + " security.protocol and sasl.jaas.config. A secret may be in a file of its own, for example"
                    + " sasl.jaas.config.file.")
    private @Nullable Path commandConfig;

    /**
     * The connection these options describe.
     *
     * @throws CliException if the file cannot be read
     */
    public Connection connection() {
        Map<String, String> extra = commandConfig == null ? new HashMap<>() : read(commandConfig);
        String brokers = extra.remove("bootstrap.servers");
        String url = extra.remove("schema.registry.url");
        return new Connection(
                first(bootstrapServer, brokers, DEFAULT_BOOTSTRAP), first(registry, url, DEFAULT_REGISTRY), extra);
    }

    private static String first(@Nullable String option, @Nullable String file, String otherwise) {
        if (option != null) {
            return option;
        }
        return file == null ? otherwise : file;
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.usage(
                    "Cannot read --command-config " + file + " (expected: a UTF-8 .properties file): " + e, e);
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        var problems = new ArrayList<String>();
        Map<String, String> resolved = SecretFiles.resolve(map, SecretKeys.ofClients(), problems);
        if (!problems.isEmpty()) {
            throw CliException.usage("Cannot use --command-config " + file + ": " + String.join("; ", problems), null);
        }
        return resolved;
    }
}
