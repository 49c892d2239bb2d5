package org.ctstream.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** The rows of targets in a section's Markdown. */
final class TargetRows {
    static final List<String> HEADINGS = List.of("Target", "Wanted", "Measured", "Verdict");

    private static final String HEADING_LINE = "| " + String.join(" | ", HEADINGS) + " |";

    private TargetRows() {}

    /** The rows as they stand, without heading; empty if the section has no targets. */
    static List<String> of(String markdown) {
        var rows = new ArrayList<String>();
        boolean inside = false;
        for (String line : markdown.lines().toList()) {
            if (line.equals(HEADING_LINE)) {
                inside = true;
            } else if (inside && line.startsWith("| ") && !line.startsWith("| ---")) {
                rows.add(line);
            } else if (!line.startsWith("|")) {
                inside = false;
            }
        }
        return rows;
    }
}
