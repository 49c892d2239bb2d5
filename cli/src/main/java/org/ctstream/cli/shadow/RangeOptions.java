package org.ctstream.cli.shadow;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.PointInTime;
import org.ctstream.cli.console.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which slices, and how many at most. */
final class RangeOptions {
    /** Each scan in a report takes some hundred bytes of memory. */
    private static final int MOST_SCANS = 500_000;

    private static final int DEFAULT_LAST = 1_000;
    private static final Duration DEFAULT_LIVE = Duration.ofHours(1);

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Replay the slices from this time on: 2026-11-23T03:00:00Z, a date, or a time ago as 24h.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Replay them to this time. Default: to the end.")
    private @Nullable Instant to;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Replay the newest N slices. Default, if no range is given: " + DEFAULT_LAST + ".")
    private @Nullable Integer last;

    @Option(names = "--live", description = "Classify what comes from now on, beside production.")
    private boolean live;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "With --live: for how long. Default: 1h.")
    private @Nullable Duration time;

    @Option(names = "--scans", paramLabel = "N", description = "Stop after this many slices. Default: 100000.")
    private int scans = 100_000;

    /** @throws CliException if the options contradict each other */
    ShadowRange range() {
        boolean between = from != null || to != null;
        if (Stream.of(between, last != null, live).filter(given -> given).count() > 1) {
            throw CliException.usage("Give one range: --from and --to, or --last, or --live", null);
        }
        if (time != null && !live) {
            throw CliException.usage("--for goes with --live", null);
        }
        if (live) {
            return new ShadowRange.Live(time == null ? DEFAULT_LIVE : time);
        }
        if (between) {
            if (from != null && to != null && !from.isBefore(to)) {
                throw CliException.usage("--from " + from + " is not before --to " + to, null);
            }
            return new ShadowRange.Between(from, to);
        }
        int newest = last == null ? DEFAULT_LAST : last;
        require("--last", newest);
        return new ShadowRange.Newest(newest);
    }

    /** The most slices to read. */
    int most() {
        require("--scans", scans);
        return scans;
    }

    private static void require(String option, int number) {
        if (number < 1 || number > MOST_SCANS) {
            throw CliException.usage(option + " " + number + " (expected: 1 to " + MOST_SCANS + ")", null);
        }
    }
}
