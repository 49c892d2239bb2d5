package org.ctstream.benchmarks.program;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every program. */
public final class RunOptions {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Folder for the section this program writes, as <program>.md.")
    private Path results = Path.of("benchmarks", "results");

    @Option(names = "--repetitions", paramLabel = "N", description = "How often each thing is measured.")
    private int repetitions = 3;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the synthetic slices.")
    private long seed = 1;

    /** For picocli. */
    public RunOptions() {}

    public Path results() {
        return results;
    }

    public int repetitions() {
        return repetitions;
    }

    public long seed() {
        return seed;
    }
}
