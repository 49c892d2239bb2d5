package org.ctstream.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A Markdown table under a sentence that says what it shows. Not thread-safe.
 *
 * <p>Cells are put on one line, and what would end a cell is masked.
 */
public final class Table {
    private final String caption;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param caption a sentence, or empty for none */
    public Table(String caption, String... headings) {
        this.caption = caption;
        rows.add(cells((Object[]) headings));
    }

    /** @param cells as many as there are headings */
    public Table row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells (expected: " + rows.get(0).size() + ")");
        }
        rows.add(cells(cells));
        return this;
    }

    /** Without an empty line at either end. */
    public String markdown() {
        var text = new StringJoiner("\n");
        if (!caption.isEmpty()) {
            text.add(caption).add("");
        }
        text.add(line(rows.get(0)));
        text.add("|" + " --- |".repeat(rows.get(0).size()));
        rows.stream().skip(1).forEach(row -> text.add(line(row)));
        return text.toString();
    }

    private static List<String> cells(Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> String.valueOf(cell).replaceAll("\\s+", " ").replace("|", "\\|"))
                .toList();
    }

    private static String line(List<String> row) {
        return "| " + String.join(" | ", row) + " |";
    }
}
