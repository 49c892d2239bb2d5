package org.ctstream.cli.model;

import org.ctstream.cli.CliException;
import org.ctstream.releases.StageChange;
import org.ctstream.schemas.avro.ModelStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who changes a release's stage and why, for the announcement. */
final class ChangeOptions {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, in your words. It stands in the announcement: no patient data.")
    private @Nullable String reason;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who, for the announcement. Default: the account that runs this.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private String by = "";

    /** @throws CliException if a text cannot be used */
    StageChange to(ModelStage stage) {
        try {
            return new StageChange(stage, by, reason);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(e.getMessage() + "; see --by and --reason", e);
        }
    }
}
