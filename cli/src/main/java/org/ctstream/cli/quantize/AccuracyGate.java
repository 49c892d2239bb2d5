package org.ctstream.cli.quantize;

import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether an INT8 release may be stored.
 *
 * @param maxAucDrop the most area under the ROC curve that may be lost on validation, 0 to 1 inclusive
 * @param maxFlips the largest share of validation images that may be called otherwise at the threshold, 0 to 1 inclusive
 */
record AccuracyGate(double maxAucDrop, double maxFlips) {
    /** Of fewer images of a class, an AUC says nothing that could refuse a release. */
    static final int FEWEST_OF_A_CLASS = 10;

    AccuracyGate {
        if (!(maxAucDrop >= 0 && maxAucDrop <= 1)) {
            throw new IllegalArgumentException("--max-auc-drop " + maxAucDrop + " (expected: 0 to 1)");
        }
        if (!(maxFlips >= 0 && maxFlips <= 1)) {
            throw new IllegalArgumentException("--max-flips " + maxFlips + " (expected: 0 to 1)");
        }
    }

    /** Why it may not; empty if it may. */
    Optional<String> refusal(Comparison comparison) {
        int positive = comparison.original().positiveCount();
        int negative = comparison.original().negativeCount();
        if (positive < FEWEST_OF_A_CLASS || negative < FEWEST_OF_A_CLASS) {
            return Optional.of("the validation images are " + positive + " positive and " + negative
                    + " negative ones, too few to decide on; give " + FEWEST_OF_A_CLASS + " or more of each class");
        }
        double drop = comparison.aucDrop();
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
        int images = comparison.original().size();
        if (comparison.flips() > maxFlips * images) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "at the threshold %.4f it calls %d of %d validation images otherwise than the float release, and a"
                            + " share of %s is allowed (--max-flips). Calibrate with more scans, or with scans more like"
                            + " those served; or serve the float release",
                    comparison.threshold(),
                    comparison.flips(),
                    images,
                    maxFlips));
        }
        return Optional.empty();
    }
}
