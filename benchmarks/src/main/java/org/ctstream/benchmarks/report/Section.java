package org.ctstream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/**
 * What one program measured, for the report.
 *
 * @param program the subcommand, which also names the file
 * @param title a heading
 * @param intro what was measured and how, in a few sentences
 * @param targets may be empty
 * @param tables the figures
 * @param notes what a reader must know beside them; may be empty
 * @param conditions under which it was measured
 */
public record Section(
        String program,
        String title,
        String intro,
        List<Target> targets,
        List<Table> tables,
        List<String> notes,
        Conditions conditions) {
    public Section {
        targets = List.copyOf(targets);
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }

    /** The section, ending with a line break. */
    public String markdown() {
        var text = new StringJoiner("\n\n", "", "\n");
        text.add("## " + title).add(intro);
        if (!targets.isEmpty()) {
            var table = new Table("", TargetRows.HEADINGS.toArray(String[]::new));
            targets.forEach(target -> table.row(target.what(), target.wanted(), target.found(), target.verdict()));
            text.add(table.markdown());
        }
        tables.forEach(table -> text.add(table.markdown()));
        notes.forEach(text::add);
        return text.add(conditions.markdown()).toString();
    }

    /** Writes the section's file into a folder, in place of an older one, and returns where it is. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(program + ".md"), markdown());
    }
}
