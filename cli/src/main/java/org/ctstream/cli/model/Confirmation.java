package org.ctstream.cli.model;

import java.io.Console;
import java.util.Locale;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Terminal;
import picocli.CommandLine.Option;

/** Asks before something is changed that workers follow at once. For one thread. */
final class Confirmation {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where there is no terminal to ask on.")
    private boolean yes;

    /**
     * True if it may be done.
     *
     * @throws CliException if there is nobody to ask
     */
    @SuppressWarnings("SystemConsoleNull") // both behaviours are dealt with
    boolean given(String question) {
        if (yes) {
            return true;
        }
        Console console = System.console();
        if (console == null || !Terminal.isInteractive()) {
            throw CliException.usage(
                    "Nobody can be asked here, because this is no terminal. With --yes it is done without.", null);
        }
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
