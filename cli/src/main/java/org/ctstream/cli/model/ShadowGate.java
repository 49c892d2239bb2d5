package org.ctstream.cli.model;

import java.time.Clock;
import java.time.Duration;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.TimeSpan;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.assess.ShadowRule;
import picocli.CommandLine.Option;

/** The options by which a promotion wants the candidate to have run in shadow. */
final class ShadowGate {
    @SuppressWarnings("UnusedVariable") // read by the group's being there
    @Option(
            names = "--require-shadow",
            required = true,
            description =
                    "Refuse a release that \"ctstream model shadow\" has not held against the one in production. A way"
                            + " back is never refused.")
    private boolean required;

    @Option(
            names = "--min-scans",
            paramLabel = "N",
            description =
                    "With --require-shadow: fewest scans compared. Default: " + ShadowRule.DEFAULT_MIN_SCANS + ".")
    private long minScans = ShadowRule.DEFAULT_MIN_SCANS;

    @Option(
            names = "--max-flips",
            paramLabel = "SHARE",
            description = "With --require-shadow: largest share of them, 0 to 1, called otherwise. Default: "
                    + ShadowRule.DEFAULT_MAX_FLIPS + ".")
    private double maxFlips = ShadowRule.DEFAULT_MAX_FLIPS;

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "With --require-shadow: how old the comparison may be. Default: 7d.")
    private Duration maxAge = ShadowRule.DEFAULT_MAX_AGE;

    /** @throws CliException if the release may not be promoted, or an option cannot be used */
    void check(ModelRelease release, ReleaseCatalogue catalogue, Announced announced) {
        ShadowRule rule = rule();
        rule.objection(
                        catalogue,
                        release.id(),
                        release.sha256(),
                        announced.assessment(release.id()).orElse(null),
                        Clock.systemUTC().instant())
                .ifPresent(why -> {
                    throw CliException.failure(why, null);
                });
    }

    private ShadowRule rule() {
        try {
            return new ShadowRule(minScans, maxFlips, maxAge);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot use --require-shadow: " + e.getMessage(), e);
        }
    }
}
