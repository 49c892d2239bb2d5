package org.ctstream.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliException;

/** Resident memory (RSS) of a process, as Linux tells it. */
public final class ResidentMemory {
    private static final String FIELD = "VmRSS:";
    private static final double KIB_PER_MIB = 1024;

    private ResidentMemory() {}

    /**
     * Resident memory in MiB.
     *
     * @throws CliException if this machine does not tell
     */
    public static double mebibytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(FIELD))
                    .mapToDouble(line -> Double.parseDouble(line.substring(FIELD.length())
                                    .replace("kB", "")
                                    .strip())
                            / KIB_PER_MIB)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no field " + FIELD));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read resident memory from " + status + ", which needs Linux and a running process", e);
        }
    }
}
