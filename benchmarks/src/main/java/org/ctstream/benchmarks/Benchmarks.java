package org.ctstream.benchmarks;

import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import org.ctstream.benchmarks.engine.EnginesProgram;
import org.ctstream.benchmarks.engine.ParityProgram;
import org.ctstream.benchmarks.micro.MicroProgram;
import org.ctstream.benchmarks.stream.CeilingProgram;
import org.ctstream.benchmarks.stream.IngestProgram;
import org.ctstream.benchmarks.stream.LatencyProgram;
import org.ctstream.benchmarks.stream.PipelineProgram;
import org.ctstream.benchmarks.stream.SoakProgram;
import org.ctstream.benchmarks.stream.SwapsProgram;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.service.error.StageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench}: reads the command line and runs one program. */
@Command(
        name = "bench",
        synopsisSubcommandLabel = "PROGRAM",
        description = {
            "Measures ctstream on this machine. Each program measures its baseline in the same run, prints a section of"
                    + " Markdown, and writes it to the folder of results; \"report\" joins the sections.",
            "Exit code 0: every target met. 3: measured, and a target not met. 1 or 2: not measured.",
            ""
        },
        subcommands = {
            EnginesProgram.class,
            ParityProgram.class,
            PipelineProgram.class,
            LatencyProgram.class,
            CeilingProgram.class,
            IngestProgram.class,
            SoakProgram.class,
            SwapsProgram.class,
            MicroProgram.class,
            AllCommand.class,
            ReportCommand.class
        })
public final class Benchmarks implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For picocli. */
    public Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its programs, ready to parse or to run. */
    public static CommandLine commandLine() {
        var command = new CommandLine(new Benchmarks());
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
                || failure instanceof ClassifierException
                || failure instanceof EmbeddedException
                || failure instanceof KafkaException
                || failure instanceof ReleaseException
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
        command.getSubcommands().values().forEach(Benchmarks::prepare);
    }
}
