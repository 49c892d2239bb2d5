package org.ctstream.cli.deadletters;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.console.Rate;
import org.ctstream.cli.console.ReadProgress;
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
            "Each letter is sent once, however often the command runs or is broken off: the topic ct.audit.redriven has"
                    + " who sent it, when and why, written in the same transaction. A scan that came back dead again and"
                    + " again is refused.",
            "Prints one JSON line per letter. Exit code 1 if one was refused.",
            ""
        },
        footer = {
            "",
            "Example: ctstream dead-letters redrive --cause truncated --dry-run",
            "         ctstream dead-letters redrive --cause truncated --execute --rate 5/s --reason \"archive repaired\""
        })
public final class RedriveCommand implements Callable<Integer> {
    /** Before a longer wait than this, what is open is committed. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private LetterFilter filter = new LetterFilter();

    @ArgGroup(multiplicity = "1")
    private Mode mode = new Mode();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, in your words; --execute wants it. It is kept in the audit: no patient data.")
    private @Nullable String reason;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who, for the audit. Default: the account that runs this.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private String by = "";

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = Rate.Converter.class,
            defaultValue = "0",
            description = "At most this many letters: 5/s, 30/m, 100/h; 0 has no bound.")
    private Rate rate = Rate.UNBOUNDED;

    @Option(
            names = "--max-redrives",
            paramLabel = "N",
            description = "Refuse a scan that came back dead after this many redrives.")
    private int maxRedrives = LoopGuard.DEFAULT_MAX_REDRIVES;

    @Option(names = "--force", description = "Send those too that --max-redrives would refuse.")
    private boolean force;

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
        if (maxRedrives < 1) {
            throw CliException.usage("Cannot use --max-redrives " + maxRedrives + " (expected: 1 or more)", null);
        }
        Connection to = connection.connection();
        PrintWriter out = spec.commandLine().getOut();
        if (mode.execute) {
            Asker asker = asker();
            RedriveMarks.prepare(to);
            // Before the marks are read: from here on nobody else writes any.
            try (var redriver = Redriver.open(to, asker, line -> print(out, line))) {
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

    private Asker asker() {
        if (reason == null) {
            throw CliException.usage(
                    "--execute wants --reason TEXT: why these letters are sent back, for the audit", null);
        }
        return new Asker(by, reason);
    }

    private void plan(Connection to, PrintWriter out, @Nullable Redriver redriver) {
        try (var reader = PartitionReader.ofRecords(
                to, new ReadProgress(spec.commandLine().getErr()))) {
            var planner = new RedrivePlanner(filter, RedriveMarks.read(to, reader), new LoopGuard(maxRedrives, force));
            var letters = new LetterReader(reader);
            var pace = new Pace(rate);
            letters.read(filter.among(letters.topics()), filter.since(), letter -> {
                planner.decide(letter).ifPresent(decision -> apply(decision, out, redriver, pace));
                if (redriver != null) {
                    redriver.commitIfDue(); // those asked for may be few among many
                }
            });
        }
        if (redriver != null) {
            redriver.commit();
        }
    }

    private void apply(RedriveDecision decision, PrintWriter out, @Nullable Redriver redriver, Pace pace) {
        if (decision instanceof RedriveDecision.Refuse refuse) {
            refused++;
            if (redriver != null) {
                redriver.refuse(refuse);
                return;
            }
        }
        if (decision instanceof RedriveDecision.Send send) {
            sent++;
            if (redriver != null) {
                if (pace.ahead().compareTo(SHORT_WAIT) > 0) {
                    redriver.commit(); // no transaction stays open while nothing happens
                }
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
