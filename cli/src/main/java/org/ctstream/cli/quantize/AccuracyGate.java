package org.ctstream.cli.quantize;

import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether an INT8 release may be stored.
 *
 * @param maxAucDrop the most area under the ROC curve that may be lost on validation, 0 to 1 inclusive
 */
record AccuracyGate(double maxAucDrop) {
    AccuracyGate {
        if (!(maxAucDrop >= 0 && maxAucDrop <= 1)) {
            throw new IllegalArgumentException("--max-auc-drop " + maxAucDrop + " (expected: 0 to 1)");
        }
    }

    /** Why it may not; empty if it may. */
    Optional<String> refusal(Comparison comparison) {
        double drop = comparison.aucDrop();
        if (Double.isNaN(drop)) {
            return Optional.of("the validation images are all of one class, so that the AUC is not determined; give"
                    + " positive and negative ones");
        }
        if (drop > maxAucDrop) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "on %d validation images its AUC is %.4f, the float release's %.4f: a drop of %.4f, and %s is allowed"
                            + " (--max-auc-drop). Calibrate with more scans, or with scans more like those served; or"
                            + " serve the float release",
                    comparison.original().size(),
                    comparison.quantizedEvaluation().auc(),
                    comparison.originalEvaluation().auc(),
                    drop,
                    maxAucDrop));
        }
        return Optional.empty();
    }
}
