package org.ctstream.cli.deadletters;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream dead-letters redrive}. */
@Command(
        name = "redrive",
        description = {
            "Sends dead letters back to the topic they came from: same key, same value, same headers, without those that"
                    + " tell of the error.",
            "Each letter is sent once, however often the command runs: the topic " + RedriveMarks.TOPIC
                    + " remembers it, in the same transaction. A scan that has failed after "
                    + RedrivePlanner.MAX_REDRIVES + " redrives is refused.",
            "Prints one JSON line per letter.",
            ""
        },
        footer = {"", "Example: ctstream dead-letters redrive --reason truncated --dry-run"})
public final class RedriveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private LetterFilter filter = new LetterFilter();

    @ArgGroup(multiplicity = "1")
    private Mode mode = new Mode();

    @Option(names = "--rate", paramLabel = "N", description = "At most this many letters per second; 0 has no bound.")
    private double rate;

    private long refused;
    private long sent;

    private static final class Mode {
        @SuppressWarnings("UnusedVariable") // read by its absence in "execute"; picocli wants one of the two
        @Option(names = "--dry-run", required = true, description = "Only say what would be done.")
        private boolean dryRun;

        @Option(names = "--execute", required = true, description = "Do it.")
        private boolean execute;
    }

    @Override
    public Integer call() {
        Connection to = connection.connection();
        PrintWriter out = spec.commandLine().getOut();
        if (mode.execute) {
            RedriveMarks.prepare(to);
            // Before the marks are read: from here on nobody else writes any.
            try (var redriver = Redriver.open(to, line -> print(out, line))) {
                plan(to, out, redriver);
            }
        } else {
            plan(to, out, null);
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println((mode.execute ? "Sent back " : "Would send back ") + sent + ", refused " + refused);
        err.flush();
        return refused == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private void plan(Connection to, PrintWriter out, @Nullable Redriver redriver) {
        var planner = new RedrivePlanner(filter, RedriveMarks.read(to));
        var reader = new LetterReader(to);
        var pace = new Pace(rate);
        reader.read(
                filter.among(reader.topics()),
                letter -> planner.decide(letter).ifPresent(decision -> apply(decision, out, redriver, pace)));
        if (redriver != null) {
            redriver.commit();
        }
    }

    private void apply(RedriveDecision decision, PrintWriter out, @Nullable Redriver redriver, Pace pace) {
        if (decision instanceof RedriveDecision.Refuse) {
            refused++;
        }
        if (decision instanceof RedriveDecision.Send send) {
            sent++;
            if (redriver != null) {
                pace.await();
                redriver.send(send); // in the audit once it is committed
                return;
            }
        }
        print(out, AuditLine.of(decision, Instant.now(), false));
    }

    private static void print(PrintWriter out, AuditLine line) {
        out.println(line.json());
        out.flush();
    }
}
