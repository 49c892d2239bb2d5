package org.ctstream.embedded.broker;

import java.nio.file.Path;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.part.ExitCodes;

/** The data directory belongs to another cluster than the one asked for. */
public final class ClusterIdMismatchException extends EmbeddedException {

    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String found;

    public ClusterIdMismatchException(Path dataDirectory, String expected, String found) {
        super("Data directory " + dataDirectory + " belongs to another Kafka cluster (expected cluster id " + expected
                + ", found " + found + "). Choose the right directory, or an empty one for a new cluster.");
        this.expected = expected;
        this.found = found;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    @Override
    public int exitCode() {
        return ExitCodes.CLUSTER_ID_MISMATCH;
    }
}
