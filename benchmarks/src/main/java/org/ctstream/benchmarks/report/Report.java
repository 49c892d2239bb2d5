package org.ctstream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Joins the sections of a folder: all targets first, then section by section. */
public final class Report {
    private static final String ENDING = ".md";

    private final List<String> order;

    /** @param order programs in the order of their sections; others follow by name */
    public Report(List<String> order) {
        this.order = List.copyOf(order);
    }

    /**
     * The report of all sections in a folder.
     *
     * @throws IOException if the folder cannot be read
     */
    public String of(Path folder) throws IOException {
        var sections = new LinkedHashMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING)) {
                    sections.put(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
                }
            }
        }
        return of(sections);
    }

    /** @param sections Markdown by program */
    String of(Map<String, String> sections) {
        List<String> programs = new ArrayList<>(sections.keySet());
        programs.sort(Comparator.comparingInt(this::place).thenComparing(Comparator.naturalOrder()));
        var text = new StringJoiner("\n\n", "", "\n");
        text.add("# Benchmark results");
        text.add("Written by the program in `benchmarks/` from what it measured, and not by hand. Every ratio is to a"
                + " baseline of the same run; \"median\" and \"min\" are over the repetitions that each section names."
                + " [README.md](README.md) says how to measure again.");
        text.add(targets(programs, sections));
        programs.forEach(program -> text.add(sections.getOrDefault(program, "").strip()));
        return text.toString();
    }

    private static String targets(List<String> programs, Map<String, String> sections) {
        var text = new StringJoiner("\n");
        text.add("| Program | " + String.join(" | ", TargetRows.HEADINGS) + " |");
        text.add("| --- | --- | --- | --- | --- |");
        for (String program : programs) {
            TargetRows.of(sections.getOrDefault(program, "")).forEach(row -> text.add("| " + program + " " + row));
        }
        return text.toString();
    }

    private int place(String program) {
        int place = order.indexOf(program);
        return place < 0 ? order.size() : place;
    }
}
