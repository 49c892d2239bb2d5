package org.ctstream.reliability;

import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.reliability.proof.OutagesProgram;
import org.ctstream.reliability.proof.PoisonProgram;
import org.ctstream.reliability.proof.ScaleProgram;
import org.ctstream.reliability.proof.SlowProgram;
import org.ctstream.reliability.proof.SoakProgram;
import org.ctstream.reliability.proof.StormProgram;
import org.ctstream.service.error.StageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code reliability/run}: reads the command line and runs one program. */
@Command(
        name = "reliability/run",
        synopsisSubcommandLabel = "PROGRAM",
        description = {
            "Breaks ctstream on purpose and counts what comes out of it. Each program says its verdict, prints a section of"
                    + " Markdown and writes it to the folder of results.",
            "Exit code 0: every promise kept. 3: a promise broken, and everything the processes wrote is kept. 1 or 2: not"
                    + " found out.",
            ""
        },
        subcommands = {
            StormProgram.class,
            ScaleProgram.class,
            OutagesProgram.class,
            PoisonProgram.class,
            SlowProgram.class,
            SoakProgram.class
        })
public final class Reliability implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For picocli. */
    public Reliability() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its programs, ready to parse or to run. */
    public static CommandLine commandLine() {
        var command = new CommandLine(new Reliability());
        command.setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line));
        prepare(command);
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which program? One of the following.");
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (isForPeople(failure)) {
            err.println(command.getColorScheme().errorText(String.valueOf(failure.getMessage())));
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof CliException known ? known.exitCode() : ExitCodes.FAILURE;
    }

    private static boolean isForPeople(Exception failure) {
        return failure instanceof CliException
                || failure instanceof EmbeddedException
                || failure instanceof KafkaException
                || failure instanceof StageException;
    }

    private static void prepare(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this text and exit.")
                .build());
        spec.usageMessage()
                .autoWidth(true)
                .showDefaultValues(true)
                .sortOptions(false)
                .abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(Reliability::prepare);
    }
}
