package org.ctstream.reliability.storm;

import java.time.Duration;
import java.util.List;
import org.ctstream.cli.CliException;
import picocli.CommandLine.Option;

/** How hard the storm is. */
public final class StormPlan {
    /** Sessions of consumers, and of brokers in this stack, end after 10 s at the latest. */
    private static final Duration PAST_EVERY_SESSION = Duration.ofSeconds(12);

    @Option(
            names = "--strike-every-ms",
            paramLabel = "MS",
            description = "Mean time between two blows; each comes after half to one and a half of it.")
    private long everyMillis = 4_000;

    @Option(
            names = "--down-ms",
            paramLabel = "MS",
            description = "Longest time before what was killed is started again.")
    private long downMillis = 3_000;

    @Option(
            names = "--pauses",
            description = "Every second blow pauses a process (SIGSTOP) for longer than its session, and lets it go on"
                    + " (SIGCONT) when others have its work.")
    private boolean pauses;

    /** For picocli. */
    public StormPlan() {}

    /** @throws CliException if a number is out of range */
    public void check() {
        if (everyMillis < 200 || downMillis < 1) {
            throw CliException.usage(
                    "--strike-every-ms " + everyMillis + ", --down-ms " + downMillis
                            + " (expected: 200 or more, 1 or more)",
                    null);
        }
    }

    long everyMillis() {
        return everyMillis;
    }

    long downMillis() {
        return downMillis;
    }

    public boolean pauses() {
        return pauses;
    }

    Duration shortestPause() {
        return PAST_EVERY_SESSION;
    }

    /** Kinds by how often they are struck. */
    List<String> kinds() {
        return List.of("worker", "worker", "worker", "ingest", "ingest", "sink", "sink", "broker", "broker");
    }

    /** For the conditions of a run. */
    public String text() {
        return "a blow every " + everyMillis / 2 + " to " + 3 * everyMillis / 2 + " ms, down for up to " + downMillis
                + " ms"
                + (pauses ? ", every second blow a pause of 12 to 18 s" : "");
    }
}
