package org.ctstream.trainer.search;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a trial.
 *
 * @param settings what it tried
 * @param validationAuc best validation AUC, NaN if it failed
 * @param bestEpoch epoch of that AUC, 0 if it failed
 * @param epochs epochs done
 * @param seconds time of its epochs, those before an interruption included
 * @param failure why it failed, null if it did not
 */
public record TrialResult(
        TrialSettings settings,
        double validationAuc,
        int bestEpoch,
        int epochs,
        double seconds,
        @Nullable String failure) {
    /** The best first; failed ones at the end; among equals the cheaper one first, then the earlier one. */
    public static final Comparator<TrialResult> BEST_FIRST = Comparator.comparing(TrialResult::hasFailed)
            .thenComparing(TrialResult::validationAuc, Comparator.reverseOrder())
            .thenComparingDouble(TrialResult::seconds)
            .thenComparingInt(result -> result.settings().number());

    public boolean hasFailed() {
        return failure != null || Double.isNaN(validationAuc);
    }
}
