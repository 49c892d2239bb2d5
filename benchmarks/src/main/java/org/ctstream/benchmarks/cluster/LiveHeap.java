package org.ctstream.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ctstream.cli.CliException;

/** What is reachable on the heap of another JVM, as that JVM's own tool {@code jcmd} tells. */
public final class LiveHeap {
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final String TOTAL = "Total";
    private static final int BYTES_COLUMN = 2;

    private LiveHeap() {}

    /**
     * Bytes of all objects that are left by a full collection, in MiB. Makes that JVM collect, which stops it for some
     * tens of milliseconds.
     *
     * @throws CliException if it cannot be asked
     */
    public static double mebibytes(long pid) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(List.of(tool.toString(), Long.toString(pid), "GC.class_histogram"))
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return total(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + tool + ", which a JDK has and a JRE has not", e);
        }
    }

    /** The last line of a histogram has the sums: instances, bytes. */
    static double total(String histogram) {
        return histogram
                .lines()
                .filter(line -> line.startsWith(TOTAL))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+", -1)[BYTES_COLUMN]) / BYTES_PER_MIB)
                .findFirst()
                .orElseThrow(() -> CliException.failure(
                        "A JVM does not tell what is on its heap; its answer was: "
                                + histogram.lines().findFirst().orElse("nothing"),
                        null));
    }
}
