package org.ctstream.cli.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The services a stack runs, each in a JVM of its own. */
public enum Role {
    INGEST("ingest", "1g", "-XX:+UseParallelGC", Map.of()),
    // Most of a worker's memory is the engine's own, outside the heap. Without these settings of glibc the large
    // tensors of every batch are mapped and unmapped anew.
    WORKER(
            "worker",
            "512m",
            "-XX:+UseSerialGC",
            Map.of(
                    "MALLOC_MMAP_MAX_", "0",
                    "MALLOC_TRIM_THRESHOLD_", "8000000000",
                    "MALLOC_TOP_PAD_", "268435456")),
    SINK("sink", "512m", "-XX:+UseSerialGC", Map.of());

    private static final int NATIVE_ACCESS_FROM = 22;
    private static final int UNSAFE_WARNINGS_FROM = 24;

    private final String command;

    private final String heap;
    private final String collector;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable map
    private final Map<String, String> environment;

    Role(String command, String heap, String collector, Map<String, String> environment) {
        this.command = command;
        this.heap = heap;
        this.collector = collector;
        this.environment = environment;
    }

    /** The subcommand of ctstream that runs it. */
    public String command() {
        return command;
    }

    /**
     * Arguments that have the whole heap in memory from the start. Else the garbage that collections of the young
     * generation leave behind fills it over hours, which looks from outside as a leak does.
     */
    public List<String> wholeHeap() {
        return List.of("-Xms" + heap, "-XX:+AlwaysPreTouch");
    }

    /** What the JVM of a service of this role is started with. */
    public List<String> jvmArguments() {
        var all = new ArrayList<String>();
        all.add("-Xmx" + heap);
        all.add(collector);
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
