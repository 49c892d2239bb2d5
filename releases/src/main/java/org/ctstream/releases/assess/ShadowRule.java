package org.ctstream.releases.assess;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.Promotion;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.schemas.avro.ModelAssessed;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion asks of the candidate's time in shadow: that its newest assessment is of these very weights, was held against
 * the release that is in production now, and is good, large and fresh enough. A way back is never asked for anything.
 *
 * @param minScans fewest scans on which both releases decided, 1 or more
 * @param maxFlips largest share, 0 to 1 inclusive, of scans that the candidate calls otherwise, or on which it alone cannot decide
 * @param maxAge how old the assessment may be, more than zero
 */
public record ShadowRule(long minScans, double maxFlips, Duration maxAge) {
    public static final long DEFAULT_MIN_SCANS = 1_000;
    public static final double DEFAULT_MAX_FLIPS = 0.05;
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(7);

    public ShadowRule {
        if (minScans < 1) {
            throw new IllegalArgumentException("fewest scans in shadow " + minScans + " (expected: 1 or more)");
        }
        if (!(maxFlips >= 0 && maxFlips <= 1)) {
            throw new IllegalArgumentException("largest share of flips " + maxFlips + " (expected: 0 to 1)");
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("oldest assessment " + maxAge + " (expected: more than nothing)");
        }
    }

    /** The share that {@link #maxFlips} bounds; 1 if nothing was compared. */
    public static double otherwise(ModelAssessed assessed) {
        long flips = assessed.getFlipsToPositive() + assessed.getFlipsToNegative();
        long undecided = assessed.getCandidateIndeterminate();
        long all = assessed.getScans() + undecided;
        return all == 0 ? 1 : (flips + undecided) / (double) all;
    }

    /**
     * Why the release may not be promoted, if so, and the command that helps.
     *
     * @param sha256 digest of the weights that would be promoted
     * @param assessed the release's newest assessment; null if there is none
     */
    public Optional<String> objection(
            ReleaseCatalogue catalogue,
            ReleaseId release,
            String sha256,
            @Nullable ModelAssessed assessed,
            Instant now) {
        Promotion.Kind kind = Promotion.of(catalogue, release).kind();
        if (kind == Promotion.Kind.BACK || kind == Promotion.Kind.AGAIN) {
            return Optional.empty();
        }
        AnnouncedRelease production = catalogue.production().orElse(null);
        return fault(sha256, production, assessed, now)
                .map(fault -> "Before " + release + " is promoted it has to run in shadow, and " + fault
                        + ". To have it do so: ctstream model shadow " + release
                        + (production == null ? " --against RELEASE" : "") + " --last " + enough());
    }

    private Optional<String> fault(
            String sha256, @Nullable AnnouncedRelease production, @Nullable ModelAssessed assessed, Instant now) {
        if (assessed == null) {
            return Optional.of("ct.model.assessed has no assessment of it");
        }
        if (!assessed.getSha256().equals(sha256)) {
            return Optional.of("its assessment is of other weights");
        }
        String against = assessed.getProductionName() + ":" + assessed.getProductionVersion();
        if (production != null
                && !(against.equals(production.id().toString())
                        && assessed.getProductionSha256().equals(production.sha256()))) {
            return Optional.of(
                    "its assessment holds it against " + against + ", while in production is " + production.id());
        }
        if (assessed.getScans() < minScans) {
            return Optional.of(
                    "its assessment is of " + assessed.getScans() + " scans (wanted: " + minScans + " or more)");
        }
        double otherwise = otherwise(assessed);
        if (otherwise > maxFlips) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "in its assessment %.2f %% of the scans are called otherwise (wanted: %.2f %% or less)",
                    100 * otherwise,
                    100 * maxFlips));
        }
        if (assessed.getCreatedAt().plus(maxAge).isBefore(now)) {
            return Optional.of("its assessment is of " + assessed.getCreatedAt() + " (wanted: within "
                    + maxAge.toHours() + " hours)");
        }
        return Optional.empty();
    }

    /** Some slices have no result or are of another size. */
    private long enough() {
        return minScans + minScans / 10;
    }
}
