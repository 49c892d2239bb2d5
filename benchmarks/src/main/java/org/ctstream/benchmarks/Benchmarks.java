package org.ctstream.benchmarks;

import org.ctstream.benchmarks.engine.EnginesProgram;
import org.ctstream.benchmarks.engine.ParityProgram;
import org.ctstream.benchmarks.micro.MicroProgram;
import org.ctstream.benchmarks.page.WorklistProgram;
import org.ctstream.benchmarks.program.ProgramsCommand;
import org.ctstream.benchmarks.stream.CeilingProgram;
import org.ctstream.benchmarks.stream.IngestProgram;
import org.ctstream.benchmarks.stream.LatencyProgram;
import org.ctstream.benchmarks.stream.PipelineProgram;
import org.ctstream.benchmarks.stream.SoakProgram;
import org.ctstream.benchmarks.stream.SwapsProgram;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
            WorklistProgram.class,
            AllCommand.class,
            ReportCommand.class
        })
public final class Benchmarks extends ProgramsCommand {
    /** For picocli. */
    public Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all its programs, ready to parse or to run. */
    public static CommandLine commandLine() {
        return commandLine(new Benchmarks());
    }
}
