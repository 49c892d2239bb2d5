package org.ctstream.cli.access;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream access}. */
@Command(
        name = "access",
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows and sets what ctstream's users may do at the Kafka broker.",
        subcommands = {ListAccessCommand.class, AccessScriptCommand.class, ApplyAccessCommand.class})
public final class AccessCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? list, script or apply.");
    }
}
