package org.ctstream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What this machine is, without its name. */
final class Machine {
    private static final double KIB_PER_GIB = 1 << 20;
    private static final List<String> TELLING_FLAGS =
            List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_int8", "amx_bf16");
    private static final String MALLOC = "MALLOC_MMAP_MAX_";

    private Machine() {}

    /** Processor, instruction sets that matter, cores, memory. */
    static String description() {
        return String.format(
                Locale.ROOT,
                "%s%s, %d cores, %.0f GiB RAM",
                processor(),
                flags(),
                Runtime.getRuntime().availableProcessors(),
                memoryGib());
    }

    /** Large tensors cost page faults with glibc's default settings, so that they belong to the conditions. */
    static String allocator() {
        return "0".equals(System.getenv(MALLOC))
                ? "glibc's as for workers (" + MALLOC + "=0)"
                : "default (" + MALLOC + " is not 0, as it is for workers)";
    }

    private static String processor() {
        return field("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch"));
    }

    private static String flags() {
        List<String> all = List.of(field("/proc/cpuinfo", "flags").orElse("").split(" "));
        List<String> telling = TELLING_FLAGS.stream().filter(all::contains).toList();
        return telling.isEmpty() ? "" : " (" + String.join(", ", telling) + ")";
    }

    private static double memoryGib() {
        return field("/proc/meminfo", "MemTotal")
                .map(text -> Double.parseDouble(text.replace("kB", "").strip()) / KIB_PER_GIB)
                .orElse(Double.NaN);
    }

    private static java.util.Optional<String> field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return java.util.Optional.empty();
        }
    }
}
