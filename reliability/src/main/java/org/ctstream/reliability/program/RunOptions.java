package org.ctstream.reliability.program;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every program. */
public final class RunOptions {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Folder for the section this program writes, as <program>.md.")
    private Path results = Path.of("reliability", "results");

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Folder for everything the processes write. Default: a temporary one, which is deleted if every"
                            + " promise was kept and stays otherwise.")
    private @Nullable Path folder;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything that is left to chance.")
    private long seed = 1;

    /** For picocli. */
    public RunOptions() {}

    public Path results() {
        return results;
    }

    public @Nullable Path folder() {
        return folder;
    }

    public long seed() {
        return seed;
    }
}
