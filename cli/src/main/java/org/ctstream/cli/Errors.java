package org.ctstream.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.error.StageException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Shows a command's failure: our own errors by their message, anything else with its stack trace. */
final class Errors implements IExecutionExceptionHandler {
    private final Map<String, String> environment;

    Errors(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean known = isForPeople(failure);
        err.println(command.getColorScheme().errorText(known ? String.valueOf(failure.getMessage()) : "" + failure));
        if (!known || wantsDetails()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exitCode(failure);
    }

    private static boolean isForPeople(Exception failure) {
        return failure instanceof CliException
                || failure instanceof ConfigProblemsException
                || failure instanceof StageException
                || failure instanceof EmbeddedException
                || failure instanceof ReleaseException
                || failure instanceof KafkaException;
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof CliException known) {
            return known.exitCode();
        }
        boolean configuration = failure instanceof ConfigProblemsException || failure instanceof ConfigException;
        return configuration ? ExitCodes.USAGE : ExitCodes.FAILURE;
    }

    private boolean wantsDetails() {
        String level = environment.getOrDefault("CTSTREAM_LOG_LEVEL", "").toUpperCase(Locale.ROOT);
        return level.equals("DEBUG") || level.equals("TRACE");
    }
}
