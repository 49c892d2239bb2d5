package org.ctstream.cli.shadow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import org.ctstream.cli.CliException;
import org.ctstream.cli.version.ProgramVersion;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.release.ModelRelease;
import org.jspecify.annotations.Nullable;

/**
 * Puts a report together.
 *
 * @param by who asks for it
 * @param batch most slices the engine computes at once
 */
record ShadowReporting(String by, int batch) {
    private static final String DISCLAIMER = "Not a medical device.";
    private static final String UNTRAINED = "The candidate is untrained: its probabilities mean nothing. ";

    /**
     * @param candidate as its engine describes it
     * @param scores on labelled scans; null if there are none
     * @throws CliException if no slice was read
     */
    ShadowReport report(
            Classifier candidate,
            Production production,
            ShadowRange slices,
            ShadowOutcome outcome,
            boolean partial,
            ReaderLabels.Found labels,
            @Nullable LabelledScores scores) {
        ModelRelease release = candidate.release();
        Instant from = outcome.from();
        Instant to = outcome.to();
        if (from == null || to == null) {
            throw CliException.failure(
                    "There is no slice in this range (" + slices.text() + "), so there is nothing to report", null);
        }
        var leftOut = new LinkedHashMap<String, Long>();
        leftOut.put("a release may have been trained on them (--all-labels takes them)", labels.seen());
        leftOut.put("readers disagree", labels.contradictory());
        leftOut.put("no label", labels.unreadable());
        leftOut.values().removeIf(count -> count == 0);
        return new ShadowReport(
                (release.trained() ? "" : UNTRAINED) + DISCLAIMER,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                by,
                ProgramVersion.text(),
                partial,
                ShadowReport.Candidate.of(release),
                ShadowReport.Against.of(production),
                new ShadowReport.Range(slices.mode(), from, to, outcome.read()),
                ShadowReport.Engine.of(candidate.engine(), batch),
                outcome.latency(),
                Agreement.of(outcome.compared()),
                Differences.of(outcome.compared()),
                SourceFlips.of(outcome.compared()),
                scores == null ? null : ShadowReport.Labelled.of(scores.ofCandidate(), scores.ofProduction()),
                leftOut,
                outcome.skipped(),
                outcome.compared().stream()
                        .filter(Compared::isFlip)
                        .limit(ShadowReport.MOST_FLIPS)
                        .map(ShadowReport.Flip::of)
                        .toList());
    }
}
