package org.ctstream.cli.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The services a stack runs, each in a JVM of its own. */
public enum Role {
    INGEST("ingest", List.of("-Xmx1g", "-XX:+UseParallelGC"), Map.of()),
    // Most of a worker's memory is the engine's own, outside the heap. Without these settings of glibc the large
    // tensors
    // of every batch are mapped and unmapped anew.
    WORKER(
            "worker",
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            Map.of(
                    "MALLOC_MMAP_MAX_", "0",
                    "MALLOC_TRIM_THRESHOLD_", "8000000000",
                    "MALLOC_TOP_PAD_", "268435456")),
    SINK("sink", List.of("-Xmx512m", "-XX:+UseSerialGC"), Map.of());

    private static final int NATIVE_ACCESS_FROM = 22;
    private static final int UNSAFE_WARNINGS_FROM = 24;

    private final String command;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable list
    private final List<String> jvmArguments;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable map
    private final Map<String, String> environment;

    Role(String command, List<String> jvmArguments, Map<String, String> environment) {
        this.command = command;
        this.jvmArguments = jvmArguments;
        this.environment = environment;
    }

    /** The subcommand of ctstream that runs it. */
    public String command() {
        return command;
    }

    List<String> jvmArguments() {
        var all = new ArrayList<>(jvmArguments);
        all.add("-XX:+ExitOnOutOfMemoryError");
        all.add("-Dctstream.log.level=INFO");
        all.add("-Dctstream.log.libraries=WARN");
        int java = Runtime.version().feature();
        if (java >= NATIVE_ACCESS_FROM) {
            all.add("--enable-native-access=ALL-UNNAMED");
        }
        if (java >= UNSAFE_WARNINGS_FROM) {
            all.add("--sun-misc-unsafe-memory-access=allow");
        }
        return all;
    }

    Map<String, String> environment() {
        return environment;
    }
}
