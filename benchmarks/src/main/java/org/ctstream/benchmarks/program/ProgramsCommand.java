package org.ctstream.benchmarks.program;

import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.HelpOption;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.service.error.StageException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that does nothing but run one of its programs, and shows how that one failed: errors for people by their
 * message, anything else with its stack trace.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public abstract class ProgramsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For subclasses. */
    protected ProgramsCommand() {}

    /** The command with all its programs, ready to parse or to run. */
    public static CommandLine commandLine(ProgramsCommand programs) {
        var command = new CommandLine(programs);
        command.setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line));
        HelpOption.addTo(command);
        return command;
    }

    @Override
    public final void run() {
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
}
