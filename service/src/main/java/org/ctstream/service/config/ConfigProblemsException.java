package org.ctstream.service.config;

import java.util.List;

/** Everything that is wrong with a configuration, reported at once. */
public final class ConfigProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigProblemsException(String service, List<String> problems) {
        super("Cannot start " + service + ": " + problems.size() + " problem(s) in the configuration:\n  - "
                + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
