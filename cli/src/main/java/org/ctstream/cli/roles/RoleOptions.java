package org.ctstream.cli.roles;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a service's configuration comes from. */
final class RoleOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Properties file with the service's keys and Kafka's own. Each key is also an environment"
                    + " variable: batch.max.size is CTSTREAM_BATCH_MAX_SIZE. Option over environment over file.")
    @Nullable
    Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Sets one key; may be repeated.")
    Map<String, String> keys = new LinkedHashMap<>();

    @Option(names = "--print-config-keys", description = "Lists every key with its default and meaning, and exits.")
    boolean printKeys;

    /** For services that another ctstream starts: what its user set for other purposes must not leak in. */
    @Option(names = "--no-environment", hidden = true)
    boolean noEnvironment;

    Map<String, String> environment() {
        return noEnvironment ? Map.of() : System.getenv();
    }
}
