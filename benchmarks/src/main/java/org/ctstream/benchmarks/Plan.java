package org.ctstream.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.benchmarks.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * Programs to run one after the other.
 *
 * @param arguments by program, without its name
 */
record Plan(Map<String, List<String>> arguments) {
    private static final Map<String, List<String>> FULL = new LinkedHashMap<>();
    private static final Map<String, List<String>> QUICK = new LinkedHashMap<>();

    static {
        FULL.put("engines", List.of("--repetitions", "5"));
        FULL.put("parity", List.of());
        FULL.put("pipeline", List.of());
        FULL.put("latency", List.of());
        FULL.put("ceiling", List.of());
        FULL.put("ingest", List.of());
        FULL.put("micro", List.of("--repetitions", "1"));
        FULL.put("worklist", List.of());
        FULL.put("swaps", List.of());
        FULL.put("soak", List.of());

        QUICK.put("engines", List.of("--repetitions", "1", "--seconds", "0.3", "--batches", "1,8"));
        QUICK.put("parity", List.of("--repetitions", "1", "--scans", "16"));
        QUICK.put(
                "pipeline", List.of("--repetitions", "1", "--count", "80", "--warm-up", "40", "--engine-seconds", "2"));
        QUICK.put("latency", List.of("--count", "8", "--warm-up", "40"));
        QUICK.put("ceiling", List.of("--repetitions", "1", "--count", "4000", "--gpus", "2000"));
        QUICK.put("ingest", List.of("--repetitions", "1", "--count", "300", "--warm-up", "300", "--loop-seconds", "2"));
        QUICK.put("micro", List.of("--repetitions", "1", "--seconds", "0.1", "--iterations", "2", "--warm-ups", "1"));
        QUICK.put("worklist", List.of("--results-stored", "5000", "--queries", "20"));
        QUICK.put("swaps", List.of("--warm-up", "2", "--count", "6"));
        QUICK.put("soak", List.of("--count", "600"));
    }

    Plan {
        arguments = new LinkedHashMap<>(arguments);
    }

    /** Programs in the order of the report. */
    static List<String> programs() {
        return List.copyOf(FULL.keySet());
    }

    /**
     * All programs, or some.
     *
     * @param quick sizes to try the programs with, not to believe
     * @param only names of those wanted; empty for all
     */
    static Plan of(boolean quick, Collection<String> only) {
        var chosen = new LinkedHashMap<>(quick ? QUICK : FULL);
        if (!only.isEmpty()) {
            chosen.keySet().retainAll(only);
        }
        return new Plan(chosen);
    }

    /** The same with an option for some programs; the plan as it is if there is no value. */
    Plan with(Collection<String> programs, String option, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new LinkedHashMap<>(arguments);
        more.replaceAll((program, before) -> {
            if (!programs.contains(program)) {
                return before;
            }
            var all = new ArrayList<>(before);
            all.add(option);
            all.add(value instanceof Path path ? path.toAbsolutePath().toString() : value.toString());
            return all;
        });
        return new Plan(more);
    }

    /** How long a program will take about. */
    Duration expected(String program) {
        var words = new ArrayList<>(List.of(program));
        words.addAll(arguments.getOrDefault(program, List.of()));
        var parsed = Benchmarks.commandLine().parseArgs(words.toArray(String[]::new));
        return ((Program) parsed.subcommand().commandSpec().userObject()).expected();
    }
}
