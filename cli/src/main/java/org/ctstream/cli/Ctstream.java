package org.ctstream.cli;

import java.util.List;
import org.ctstream.cli.access.AccessCommand;
import org.ctstream.cli.alerts.AlertsCommand;
import org.ctstream.cli.audit.AuditCommand;
import org.ctstream.cli.console.HelpOption;
import org.ctstream.cli.deadletters.DeadLettersCommand;
import org.ctstream.cli.demo.DemoCommand;
import org.ctstream.cli.engine.EngineCommand;
import org.ctstream.cli.evaluate.EvaluateCommand;
import org.ctstream.cli.model.ModelCommand;
import org.ctstream.cli.plan.PlanCommand;
import org.ctstream.cli.publish.PublishCommand;
import org.ctstream.cli.publish.PublishLabeledCommand;
import org.ctstream.cli.roles.GatewayCommand;
import org.ctstream.cli.roles.IngestCommand;
import org.ctstream.cli.roles.SinkCommand;
import org.ctstream.cli.roles.TrainerCommand;
import org.ctstream.cli.roles.WorkerCommand;
import org.ctstream.cli.topics.TopicsCommand;
import org.ctstream.cli.train.TrainCommand;
import org.ctstream.cli.up.UpCommand;
import org.ctstream.cli.verify.VerifyCommand;
import org.ctstream.cli.version.VersionCommand;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ctstream}: reads the command line and runs one subcommand. */
@Command(
        name = "ctstream",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Classifies chest CT slices that stream through Apache Kafka: every scan published becomes exactly one"
                    + " stored result or one dead letter that says why.",
            "Not a medical device.",
            ""
        },
        footer = {
            "",
            "Begin with \"ctstream demo\": it needs nothing but this machine.",
            "CTSTREAM_LOG_LEVEL=DEBUG shows more; CTSTREAM_JAVA_OPTS goes to the JVM."
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            PublishCommand.class,
            PublishLabeledCommand.class,
            GatewayCommand.class,
            IngestCommand.class,
            WorkerCommand.class,
            SinkCommand.class,
            TrainerCommand.class,
            TopicsCommand.class,
            PlanCommand.class,
            AccessCommand.class,
            ModelCommand.class,
            EngineCommand.class,
            DeadLettersCommand.class,
            AlertsCommand.class,
            AuditCommand.class,
            VerifyCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            VersionCommand.class
        })
public final class Ctstream implements Runnable {
    private static final List<String> SERVICES = List.of("gateway", "ingest", "worker", "sink", "trainer");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    public static void main(String[] arguments) {
        if (arguments.length > 0 && SERVICES.contains(arguments[0])) {
            // Before the first logger exists: services log their steps, other commands speak for themselves.
            setIfAbsent("ctstream.log.level", "INFO");
            setIfAbsent("ctstream.log.libraries", "WARN");
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its subcommands, ready to parse or to run. */
    public static CommandLine commandLine() {
        var command = new CommandLine(new Ctstream());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler(new Errors(System.getenv()));
        HelpOption.addTo(command);
        listExitCodes(command);
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? One of the following.");
    }

    private static void listExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCodes.texts());
        command.getSubcommands().values().forEach(Ctstream::listExitCodes);
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
