package org.ctstream.reliability.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.cli.ExitCodes;
import org.ctstream.reliability.Reliability;

/** A program in its short form, in this JVM; the processes it breaks are real. */
final class ProgramRun {
    private final Path folder;

    ProgramRun(Path folder) {
        this.folder = folder;
    }

    /** Runs it; what it said and wrote is in the message if it does not hold. */
    void mustHold(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--folder", folder.resolve("run").toString(),
                "--results", folder.resolve("results").toString()));
        var said = new StringWriter();
        var writer = new PrintWriter(said, true);
        int code = Reliability.commandLine().setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
        assertThat(code).as(said.toString()).isEqualTo(ExitCodes.OK);
        assertThat(said.toString()).contains("HOLDS");
        assertThat(folder.resolve("results")).isNotEmptyDirectory();
    }
}
