package org.ctstream.cli.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.cli.CliException;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.trainer.dataset.DatasetKeys;
import org.ctstream.trainer.run.TrainKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The settings of training. */
public final class TrainOptions {
    private static final String DATASET_FOLDER = "ctstream-data/dataset";

    @Option(
            names = {"-s", "--settings"},
            paramLabel = "FILE",
            description =
                    "Properties file with the keys of training; without it the published recipe's numbers. Each key"
                            + " is also an environment variable: finetune.epochs is CTSTREAM_FINETUNE_EPOCHS. Option over"
                            + " environment over file.")
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
     * @param overrides keys that are set whatever the user says
     */
    public ServiceConfig config(Map<String, String> defaults, Map<String, String> overrides) {
        try {
            ConfigDef def = DatasetKeys.define(TrainKeys.addTo(new ConfigDef()));
            Map<String, String> given = new LinkedHashMap<>(Map.of(DatasetKeys.FOLDER, DATASET_FOLDER));
            given.putAll(defaults);
            given.putAll(ConfigSources.merge(file, environment(def), keys));
            given.putAll(overrides);
            return ServiceConfig.of("train", def, given);
        } catch (FatalStageException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /** Variables of these keys alone: others in a user's environment are for other commands. */
    private static Map<String, String> environment(ConfigDef def) {
        Set<String> variables =
                def.names().stream().map(ConfigSources::variableOf).collect(Collectors.toSet());
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.keySet().retainAll(variables);
        return environment;
    }
}
