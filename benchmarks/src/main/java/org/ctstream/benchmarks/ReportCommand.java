package org.ctstream.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ctstream.benchmarks.report.Report;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench report}. */
@Command(name = "report", description = "Joins the sections of a folder to one report.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--results", paramLabel = "DIR", description = "Folder of the sections.")
    private Path results = Path.of("benchmarks", "results");

    @Option(names = "--report", paramLabel = "FILE", description = "File of the report.")
    private Path report = Path.of("benchmarks", "RESULTS.md");

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(results)) {
            throw CliException.usage(
                    "There is no folder " + results + " with sections (run a program first, or name it by --results)",
                    null);
        }
        write(results, report, spec.commandLine().getOut());
        return ExitCodes.OK;
    }

    static void write(Path results, Path report, PrintWriter out) throws IOException {
        if (Files.isDirectory(results)) {
            Files.writeString(report, new Report(Plan.programs()).of(results));
            out.println("The report is " + report);
            out.flush();
        }
    }
}
