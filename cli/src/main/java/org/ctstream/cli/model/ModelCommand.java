package org.ctstream.cli.model;

import org.ctstream.cli.evaluate.ProfileModelCommand;
import org.ctstream.cli.gate.GateCommand;
import org.ctstream.cli.quantize.QuantizeModelCommand;
import org.ctstream.cli.shadow.ShadowModelCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ctstream model}. */
@Command(
        name = "model",
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows the releases in the model store and on the topic ct.model.released, and says which of them"
                + " workers serve. Running workers follow without a restart.",
        subcommands = {
            ListModelsCommand.class,
            ShowModelCommand.class,
            AddModelCommand.class,
            ExportModelCommand.class,
            PlanModelCommand.class,
            QuantizeModelCommand.class,
            ShadowModelCommand.class,
            GateCommand.class,
            ProfileModelCommand.class,
            PromoteModelCommand.class,
            RollbackModelCommand.class,
            RetireModelCommand.class
        })
public final class ModelCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command? list, show, add, export, plan, quantize, shadow, gate, profile, promote, rollback or retire.");
    }
}
