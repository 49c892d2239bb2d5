package org.ctstream.reliability.program;

import java.util.Map;
import org.ctstream.cli.CliException;
import picocli.CommandLine.Option;

/** How the workers get their scans. */
public final class ModeOption {
    private static final String EXACTLY_ONCE = "exactly-once";
    private static final String QUEUE = "queue";
    private static final String KEY = "delivery.mode";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "How the workers get their scans, delivery.mode: exactly-once or queue.")
    private String mode = EXACTLY_ONCE;

    /** For picocli. */
    public ModeOption() {}

    /** @throws CliException if there is no such mode */
    public void check() {
        if (!mode.equals(EXACTLY_ONCE) && !mode.equals(QUEUE)) {
            throw CliException.usage("--mode " + mode + " (expected: " + EXACTLY_ONCE + " or " + QUEUE + ")", null);
        }
    }

    public String text() {
        return mode;
    }

    public boolean isQueue() {
        return mode.equals(QUEUE);
    }

    /** The workers' keys. */
    public Map<String, String> keys() {
        return isQueue() ? Map.of(KEY, QUEUE) : Map.of();
    }
}
