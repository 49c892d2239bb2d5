package org.ctstream.sink.deliver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key's value that is a list of {@code name=value}, separated by commas or lines, with the names of endpoints.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class NamedValues {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern SEPARATOR = Pattern.compile("[,\n]");

    private final Map<String, String> values;

    private NamedValues(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a value.
     *
     * @param expected what a value is, for the problem's text, such as {@code URL}
     * @param problems gets a sentence for each entry that does not fit; it never quotes a value
     */
    public static NamedValues parse(String key, String text, String expected, List<String> problems) {
        var values = new LinkedHashMap<String, String>();
        for (String entry : SEPARATOR.split(text, -1)) {
            if (entry.isBlank()) {
                continue;
            }
            String[] parts = entry.strip().split("=", 2);
            String name = parts[0].strip();
            if (parts.length < 2 || !NAME.matcher(name).matches() || parts[1].isBlank()) {
                problems.add("Cannot use entry " + (values.size() + 1) + " of " + key + " (expected: name=" + expected
                        + ", the name of up to 32 lower-case letters, digits and dashes)");
            } else if (values.putIfAbsent(name, parts[1].strip()) != null) {
                problems.add(key + " names " + name + " twice (expected: once)");
            }
        }
        return new NamedValues(values);
    }

    public List<String> names() {
        return new ArrayList<>(values.keySet());
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A sentence for each name that is none of these. */
    public void checkAmong(List<String> endpoints, String key, String otherKey, List<String> problems) {
        for (String name : values.keySet()) {
            if (!endpoints.contains(name)) {
                problems.add(key + " speaks of " + name + ", which " + otherKey + " does not name");
            }
        }
    }
}
