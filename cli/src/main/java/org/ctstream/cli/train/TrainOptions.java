package org.ctstream.cli.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.cli.CliException;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.trainer.run.TrainKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The settings of training. */
public final class TrainOptions {
    @Option(
            names = {"-s", "--settings"},
            paramLabel = "FILE",
            description = "Properties file with the keys of training; without it the published recipe's numbers.")
    private @Nullable Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Sets one key; may be repeated. docs/configuration.md lists the keys.")
    private Map<String, String> keys = new LinkedHashMap<>();

    /**
     * The checked settings.
     *
     * @param defaults keys that are set unless the user says otherwise
     */
    public ServiceConfig config(Map<String, String> defaults) {
        return config(defaults, Map.of());
    }

    /**
     * The checked settings.
     *
     * @param defaults keys that are set unless the user says otherwise
     * @param overrides keys that are set whatever the user says
     */
    public ServiceConfig config(Map<String, String> defaults, Map<String, String> overrides) {
        try {
            Map<String, String> given = new LinkedHashMap<>(defaults);
            given.putAll(ConfigSources.merge(file, Map.of(), keys));
            given.putAll(overrides);
            return ServiceConfig.of("train", TrainKeys.addTo(new ConfigDef()), given);
        } catch (FatalStageException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
