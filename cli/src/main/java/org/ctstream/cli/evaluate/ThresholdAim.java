package org.ctstream.cli.evaluate;

import org.ctstream.trainer.evaluate.Scores;
import org.ctstream.trainer.evaluate.Thresholds;

/**
 * What a threshold is chosen for.
 *
 * @param name as it was given
 */
record ThresholdAim(String name, Choice choice) {
    private static final String SENSITIVITY = "sensitivity=";

    /** Reads {@code youden}, {@code accuracy} or {@code sensitivity=S}. */
    static ThresholdAim parse(String text) {
        if (text.equals("youden")) {
            return new ThresholdAim(text, Thresholds::youden);
        }
        if (text.equals("accuracy")) {
            return new ThresholdAim(text, Thresholds::accuracy);
        }
        double sensitivity = text.startsWith(SENSITIVITY) ? number(text.substring(SENSITIVITY.length())) : Double.NaN;
        if (!(sensitivity > 0 && sensitivity <= 1)) {
            throw new IllegalArgumentException("'" + text + "' (expected: youden, accuracy, or sensitivity=S with S"
                    + " above 0 and at most 1, for example sensitivity=0.95)");
        }
        return new ThresholdAim(text, scores -> Thresholds.sensitivityAtLeast(scores, sensitivity));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Chooses a threshold on some scores. */
    @FunctionalInterface
    interface Choice {
        double on(Scores scores);
    }
}
