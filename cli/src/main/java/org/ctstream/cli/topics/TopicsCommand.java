package org.ctstream.cli.topics;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream topics}. */
@Command(
        name = "topics",
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows and creates the topics ctstream works with.",
        subcommands = {ListTopicsCommand.class, CreateTopicsCommand.class})
public final class TopicsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? list or create.");
    }
}
