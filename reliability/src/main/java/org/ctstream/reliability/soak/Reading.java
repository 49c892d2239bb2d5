package org.ctstream.reliability.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.ctstream.benchmarks.cluster.ResidentMemory;
import org.ctstream.reliability.cluster.ServiceProcess;

/**
 * What a service holds at one moment, as Linux and its own metrics tell.
 *
 * @param seconds since the watch began
 * @param rssMib resident memory
 * @param directMib direct buffers
 * @param threads of the process, native ones included
 * @param files open file descriptors
 * @param meters samples on its page of metrics
 */
public record Reading(double seconds, double rssMib, double directMib, double threads, double files, double meters) {
    private static final double MIB = 1 << 20;
    private static final String COLLECTIONS = "jvm_gc_pause_seconds";
    private static final String DIRECT = "jvm_buffer_memory_used_bytes";

    /** One now; empty if the service does not answer. */
    static Optional<Reading> of(ServiceProcess service, double seconds) throws IOException {
        Optional<String> page = service.page("/metrics");
        if (page.isEmpty()) {
            return Optional.empty();
        }
        Path process = Path.of("/proc", Long.toString(service.pid()));
        return Optional.of(new Reading(
                seconds,
                ResidentMemory.mebibytes(service.pid()),
                direct(page.get()) / MIB,
                entries(process.resolve("task")),
                entries(process.resolve("fd")),
                samples(page.get())));
    }

    /** Bytes of direct buffers on a page of metrics. */
    static double direct(String page) {
        return page.lines()
                .filter(line -> line.startsWith(DIRECT + "{") && line.contains("id=\"direct\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /**
     * Samples on a page of metrics, but for those of the garbage collector: each cause of a collection has its own from
     * the first such collection on, which may come after hours.
     */
    static long samples(String page) {
        return page.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith(COLLECTIONS))
                .count();
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
