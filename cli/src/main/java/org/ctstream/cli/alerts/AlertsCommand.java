package org.ctstream.cli.alerts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream alerts}. */
@Command(
        name = "alerts",
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows which alerts webhooks and HL7 receivers have not got, and sends them once more.",
        subcommands = {ListAlertsCommand.class, ReplayAlertsCommand.class})
public final class AlertsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? list or replay.");
    }
}
