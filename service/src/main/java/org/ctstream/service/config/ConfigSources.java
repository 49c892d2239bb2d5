package org.ctstream.service.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Merges the places a setting can come from: flag over environment over file.
 *
 * <p>A key's environment variable is {@code CTSTREAM_} and the key in upper case with dots as underscores:
 * {@code batch.max.size} is {@code CTSTREAM_BATCH_MAX_SIZE}. Kafka's own keys have theirs in the same way.
 */
public final class ConfigSources {
    public static final String ENV_PREFIX = "CTSTREAM_";

    /** Variables with our prefix that are read by the launcher, not by a service. */
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("CTSTREAM_JAVA_OPTS", "CTSTREAM_REBUILD", "CTSTREAM_REGISTRY_HOME", "CTSTREAM_LOG_LEVEL");

    private ConfigSources() {}

    /**
     * @param file a {@code .properties} file, or null
     * @param environment usually {@code System.getenv()}
     * @param flags keys given on the command line
     * @throws FatalStageException if the file cannot be read
     */
    public static Map<String, String> merge(
            @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        var merged = new HashMap<String, String>();
        if (file != null) {
            merged.putAll(read(file));
        }
        environment.forEach((variable, value) -> {
            if (variable.startsWith(ENV_PREFIX) && !LAUNCHER_VARIABLES.contains(variable)) {
                merged.put(keyOf(variable), value);
            }
        });
        merged.putAll(flags);
        return merged;
    }

    /** The environment variable that sets a key. */
    public static String variableOf(String key) {
        return ENV_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static String keyOf(String variable) {
        return variable.substring(ENV_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new FatalStageException(
                    Stage.DESERIALIZE,
                    "Cannot read the configuration file " + file + " (expected: a UTF-8 .properties file): " + e,
                    e);
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }
}
