package org.ctstream.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Under what conditions something was measured, by name and in order: machine, versions, threads, seed. Not thread-safe. */
public final class Conditions {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** What holds for this process: machine, Java, commit, date. */
    public static Conditions ofThisProcess() {
        var conditions = new Conditions();
        conditions.put("machine", Machine.description());
        // What a distribution or a host appends to the kernel's version says nothing about speed.
        String kernel = System.getProperty("os.version").replaceFirst("-.*", "");
        conditions.put("operating system", System.getProperty("os.name") + " " + kernel);
        conditions.put(
                "JDK",
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                        + System.getProperty("java.vm.vendor"));
        conditions.put("allocator", Machine.allocator());
        conditions.put("commit", SourceState.commit());
        conditions.put("date", SourceState.date());
        return conditions;
    }

    public Conditions put(String name, Object value) {
        values.put(name, String.valueOf(value));
        return this;
    }

    /** A table of two columns. */
    String markdown() {
        var table = new Table("", "Condition", "");
        values.forEach(table::row);
        return table.markdown();
    }
}
