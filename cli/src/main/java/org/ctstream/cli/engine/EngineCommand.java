package org.ctstream.cli.engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream engine}. */
@Command(
        name = "engine",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Shows which engines this machine has, whether they answer as the reference engine does, and how fast"
                        + " they are.",
        subcommands = {ListEnginesCommand.class, CheckEnginesCommand.class, BenchEnginesCommand.class})
public final class EngineCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? list, check or bench.");
    }
}
