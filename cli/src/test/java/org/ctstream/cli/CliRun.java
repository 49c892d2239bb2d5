package org.ctstream.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One command run in this JVM, with what it printed. */
public record CliRun(int exitCode, String out, String err) {

    public static CliRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine command =
                Ctstream.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = command.execute(arguments);
        return new CliRun(code, out.toString(), err.toString());
    }
}
