package org.ctstream.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ctstream.cli.CliException;
import org.jspecify.annotations.Nullable;

/** What is reachable on the heap of another JVM, as that JVM's own tool {@code jcmd} tells. */
public final class LiveHeap {
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final String TOTAL = "Total";
    private static final int BYTES_COLUMN = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private LiveHeap() {}

    /**
     * Bytes of all objects that are left by a full collection, in MiB. Makes that JVM collect, which stops it for some
     * tens of milliseconds.
     *
     * @throws CliException if it cannot be asked, or does not answer within a minute
     */
    public static double mebibytes(long pid) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path answer = null;
        try {
            // To a file: reading from a pipe would wait as long as the other JVM does not answer.
            answer = Files.createTempFile("histogram", ".txt");
            Process process = new ProcessBuilder(List.of(tool.toString(), Long.toString(pid), "GC.class_histogram"))
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw CliException.failure(
                        "Process " + pid + " did not tell within " + PATIENCE.toSeconds() + " s what is on its heap",
                        null);
            }
            return total(Files.readString(answer));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + tool + ", which a JDK has and a JRE has not", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failure("Interrupted while process " + pid + " told what is on its heap", e);
        } finally {
            delete(answer);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
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
