package org.ctstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.ctstream.cli.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarksTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void cheapestProgramMeasuresWritesItsSectionAndIsInTheReport() {
        Path results = folder.resolve("results");
        Path report = folder.resolve("RESULTS.md");

        int measured = execute(
                "parity", "--engines", "none,none", "--no-heatmap", "--scans", "2", "--results", results.toString());
        int joined = execute("report", "--results", results.toString(), "--report", report.toString());

        assertThat(measured).as(err.toString()).isEqualTo(ExitCodes.OK);
        assertThat(joined).isEqualTo(ExitCodes.OK);
        assertThat(results.resolve("parity.md"))
                .content()
                .contains("| none and none | 2 | 0.00 | 0.00 | 0 | no heatmaps |");
        assertThat(report)
                .content()
                .contains(
                        "| parity | largest difference of a probability, none and none | at most 1.0e-04 | 0.00 | met |");
    }

    @Test
    void reportWithoutResultsSaysWhatToDoFirst() {
        int code = execute("report", "--results", folder.resolve("nowhere").toString());

        assertThat(code).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("run a program first");
    }

    @Test
    void impossibleOptionsAreRefusedBeforeAnythingIsMeasured() {
        assertThat(execute("soak", "--count", "3")).isEqualTo(ExitCodes.USAGE);
        assertThat(execute("engines", "--batches", "0")).isEqualTo(ExitCodes.USAGE);
        assertThat(execute("latency", "--repetitions", "0")).isEqualTo(ExitCodes.USAGE);
        assertThat(execute("all", "--only", "nothing")).isEqualTo(ExitCodes.USAGE);
        assertThat(execute("parity", "--engines", "none,none", "--list", "a.csv"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--count 3", "1 or more each", "--repetitions 0", "--only", "--list needs");
    }

    private int execute(String... arguments) {
        CommandLine command = Benchmarks.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}
