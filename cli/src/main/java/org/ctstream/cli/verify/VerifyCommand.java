package org.ctstream.cli.verify;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.KeptRange;
import org.ctstream.cli.console.PointInTime;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.cli.console.TimeSpan;
import org.ctstream.cli.results.ProofOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream verify}. */
@Command(
        name = "verify",
        description = {
            "Counts the scans that were received against those that are stored or are a dead letter, and names every scan"
                    + " that is neither, with the record that was last seen of it and how far each group had got there;"
                    + " and every scan that is stored twice by one release.",
            "Exit code 0 only if every scan is accounted for.",
            ""
        },
        footer = {"", "Example: ctstream verify --since 24h"})
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ProofOptions sources = new ProofOptions();

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Scans received from then on: 2026-11-23T03:00:00Z, 2026-11-23, 24h, 7d.")
    private Instant since = Instant.EPOCH;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Scans received before then. Default: now, less --grace.")
    private @Nullable Instant until;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = TimeSpan.class,
            description = "Leave out scans received so shortly ago: they may still be on their way.")
    private Duration grace = Duration.ofMinutes(5);

    @Option(names = "--json", description = "One JSON line per finding, and a last one with the sums.")
    private boolean json;

    @Override
    public Integer call() {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        Window window = window(now);
        Connection from = sources.connection();
        PrintWriter out = spec.commandLine().getOut();
        var progress = new ReadProgress(spec.commandLine().getErr());
        var report = new Report(out, json);
        try (var stored = sources.results(from);
                var sightings = Sightings.open()) {
            GroupPositions groups = GroupPositions.read(from, Gathering.streamTopics());
            var judge = new Judge(window, groups);
            try (var gathering = new Gathering(from, stored, sightings, progress)) {
                List<KeptRange> kept = gathering.received(window.since());
                gathering.ends(window.lookFrom());
                if (judge.judge(sightings, finding -> {}).missing() > 0) {
                    gathering.stations(window.lookFrom());
                    // Some of them may have arrived while the rest was read.
                    gathering.ends(window.lookFrom());
                }
                Tally tally = judge.judge(sightings, report::finding);
                boolean complete = report.removed(kept, window.since());
                groups.unreadable().forEach(group -> report.finding(new Finding.Unreadable(group)));
                report.summary(tally.summary(window, complete));
                return tally.isWhole() ? ExitCodes.OK : ExitCodes.FAILURE;
            }
        }
    }

    private Window window(Instant now) {
        Instant latest = now.minus(grace);
        Instant end = until == null || until.isAfter(latest) ? latest : until;
        if (!since.isBefore(end)) {
            throw CliException.usage(
                    "Nothing to count from " + since + " until " + end
                            + " (expected: --since before --until, and before now less --grace)",
                    null);
        }
        return new Window(since, end);
    }
}
