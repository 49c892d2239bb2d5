package org.ctstream.cli.gate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream model gate}. */
@Command(
        name = "gate",
        synopsisSubcommandLabel = "COMMAND",
        description = "The gate before the network: what tells chest CT slices from other pictures. See how it judges"
                + " yours, or fit it to them.",
        subcommands = {CheckGateCommand.class, FitGateCommand.class})
public final class GateCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? check or fit.");
    }
}
