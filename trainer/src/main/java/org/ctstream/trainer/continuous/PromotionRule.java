package org.ctstream.trainer.continuous;

import java.util.Locale;
import java.util.Optional;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.schemas.avro.ModelStage;
import org.jspecify.annotations.Nullable;

/**
 * Whether the trainer may promote a candidate by itself.
 *
 * @param enabled false if people promote
 * @param margin by how much its validation AUC must be above the current release's at least
 */
record PromotionRule(boolean enabled, double margin) {
    /** Areas under a curve over n images differ by 1/n² at least; rounding is far below that. */
    private static final double ROUNDING = 1e-12;

    /** What was decided and why, with the figures. */
    record Verdict(boolean promote, String why) {}

    /**
     * Decides.
     *
     * @param candidate validation AUC of the candidate
     * @param current that of the release in production, on the same images
     */
    Verdict judge(double candidate, double current) {
        String figures = String.format(
                Locale.ROOT,
                "validation AUC %.4f against %.4f of the current release, a difference of %+.4f",
                candidate,
                current,
                candidate - current);
        // Written so that a figure that is not a number never promotes.
        boolean better = candidate - current >= margin - ROUNDING;
        String wanted = String.format(Locale.ROOT, " (wanted: %+.4f or more)", margin);
        if (!enabled) {
            return new Verdict(false, figures + wanted + "; people promote here");
        }
        return new Verdict(better, figures + wanted);
    }

    /**
     * Why a verdict no longer holds, if it does not.
     *
     * @param compared the release in production that the candidate was compared with
     * @param production the one in production now
     * @param candidate the candidate as it is announced now
     */
    static Optional<String> overtaken(
            @Nullable AnnouncedRelease compared,
            @Nullable AnnouncedRelease production,
            @Nullable AnnouncedRelease candidate) {
        if (candidate == null || candidate.stage() != ModelStage.CANDIDATE) {
            return Optional.of(
                    "it is no candidate any more but " + (candidate == null ? "withdrawn" : candidate.stage()));
        }
        if (!weights(compared).equals(weights(production))) {
            return Optional.of("it was compared with " + name(compared) + ", and in production is now "
                    + name(production) + "; compare them and promote the better one");
        }
        return Optional.empty();
    }

    private static String weights(@Nullable AnnouncedRelease release) {
        return release == null ? "" : release.id() + " " + release.sha256();
    }

    private static String name(@Nullable AnnouncedRelease release) {
        return release == null ? "the default release" : release.id().toString();
    }
}
