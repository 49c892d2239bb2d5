package org.ctstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path folder;

    @Test
    void targetsOfAllSectionsComeFirstAndSectionsFollowInTheProgramsOrder() throws IOException {
        section("soak", "Soak", Target.atMost("growth", 0.02, 0.5));
        section("engines", "Engines", Target.atLeast("share", 0.9, 0.95));
        section("another", "Another");
        Files.writeString(folder.resolve("notes.txt"), "no section");

        String report = new Report(List.of("engines", "soak")).of(folder);

        assertThat(report).contains("""
                | Program | Target | Wanted | Measured | Verdict |
                | --- | --- | --- | --- | --- |
                | engines | share | at least 0.900 | 0.950 | met |
                | soak | growth | at most 0.020 | 0.500 | **not met** |

                ## Engines
                """);
        assertThat(report)
                .containsSubsequence("## Engines", "## Soak", "## Another")
                .doesNotContain("no section");
    }

    @Test
    void rowsOfOtherTablesAreNoTargets() {
        String markdown = new Section(
                        "one",
                        "One",
                        "Intro.",
                        List.of(Target.atLeast("a", 1, 2), Target.atLeast("b", 1, 2)),
                        List.of(new Table("", "x").row("y")),
                        List.of(),
                        new Conditions().put("threads", 1))
                .markdown();

        assertThat(TargetRows.of(markdown)).hasSize(2).allMatch(row -> row.endsWith("| met |"));
    }

    @Test
    void emptyFolderGivesAReportWithoutSections() throws IOException {
        assertThat(new Report(List.of()).of(folder))
                .contains("# Benchmark results")
                .doesNotContain("## ");
    }

    private void section(String program, String title, Target... targets) throws IOException {
        new Section(program, title, "Intro.", List.of(targets), List.of(), List.of(), new Conditions().put("seed", 1))
                .write(folder);
    }
}
