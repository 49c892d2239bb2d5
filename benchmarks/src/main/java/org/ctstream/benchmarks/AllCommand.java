package org.ctstream.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ctstream.benchmarks.program.Durations;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Interruption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench all}. */
@Command(
        name = "all",
        description = "Runs all programs one after the other, each in a JVM of its own, and joins their sections to the"
                + " report.")
final class AllCommand implements Callable<Integer> {
    private static final List<String> WITH_REAL_IMAGES = List.of("engines", "parity", "pipeline", "latency", "ingest");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "PROGRAM", description = "Run only these.")
    private List<String> only = List.of();

    @Option(
            names = "--quick",
            description = "Small sizes: shows that everything works, and gives figures worth nothing.")
    private boolean quick;

    @Option(names = "--plan", description = "Only say what would run, and how long it would take.")
    private boolean planOnly;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Real scans for engines, parity, pipeline, latency and ingest. Default: phantoms.")
    private @Nullable Path images;

    @Option(names = "--list", paramLabel = "FILE", description = "CSV file that names those of --images to take.")
    private @Nullable Path list;

    @Option(names = "--int8-release", paramLabel = "FOLDER", description = "A quantized release, for engines.")
    private @Nullable Path int8;

    @Option(names = "--results", paramLabel = "DIR", description = "Folder of the sections.")
    private Path results = Path.of("benchmarks", "results");

    @Option(names = "--report", paramLabel = "FILE", description = "File of the report.")
    private Path report = Path.of("benchmarks", "RESULTS.md");

    @Override
    public Integer call() throws IOException {
        if (!Plan.programs().containsAll(only)) {
            throw CliException.usage("--only " + only + " (expected: some of " + Plan.programs() + ")", null);
        }
        Plan plan = Plan.of(quick, only)
                .with(WITH_REAL_IMAGES, "--images", images)
                .with(WITH_REAL_IMAGES, "--list", list)
                .with(List.of("engines"), "--int8-release", int8)
                .with(Plan.programs(), "--results", results);
        PrintWriter out = spec.commandLine().getOut();
        tell(plan, out);
        return planOnly ? ExitCodes.OK : run(plan, out);
    }

    private static void tell(Plan plan, PrintWriter out) {
        Duration sum = Duration.ZERO;
        for (String program : plan.arguments().keySet()) {
            Duration expected = plan.expected(program);
            sum = sum.plus(expected);
            out.println(program + ": about " + Durations.text(expected));
        }
        out.println("Together about " + Durations.text(sum));
        out.flush();
    }

    private int run(Plan plan, PrintWriter out) throws IOException {
        var codes = new TreeMap<String, Integer>();
        try (var interruption = new Interruption()) {
            for (var program : plan.arguments().entrySet()) {
                out.println();
                out.flush();
                codes.put(program.getKey(), ChildProgram.run(program.getKey(), program.getValue()));
            }
        } catch (InterruptedException e) {
            out.println("Stopped before the end; the sections written so far are in " + results);
            return ExitCodes.FAILURE;
        } finally {
            ReportCommand.write(results, report, out);
        }
        codes.forEach((program, code) -> out.println(program + ": " + verdict(code)));
        return codes.values().stream().allMatch(code -> code == ExitCodes.OK || code == Program.NOT_MET)
                ? codes.values().stream().max(Integer::compare).orElse(ExitCodes.OK)
                : ExitCodes.FAILURE;
    }

    private static String verdict(int code) {
        return switch (code) {
            case ExitCodes.OK -> "measured, every target met";
            case Program.NOT_MET -> "measured, not every target met";
            default -> "failed with exit code " + code + "; its section is the one of an earlier run, if there is one";
        };
    }
}
