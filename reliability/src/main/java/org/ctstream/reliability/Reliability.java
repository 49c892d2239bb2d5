package org.ctstream.reliability;

import org.ctstream.benchmarks.program.ProgramsCommand;
import org.ctstream.reliability.proof.OutagesProgram;
import org.ctstream.reliability.proof.PoisonProgram;
import org.ctstream.reliability.proof.ScaleProgram;
import org.ctstream.reliability.proof.SlowProgram;
import org.ctstream.reliability.proof.SoakProgram;
import org.ctstream.reliability.proof.StormProgram;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
public final class Reliability extends ProgramsCommand {
    /** For picocli. */
    public Reliability() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its programs, ready to parse or to run. */
    public static CommandLine commandLine() {
        return commandLine(new Reliability());
    }
}
