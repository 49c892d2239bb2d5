package org.ctstream.trainer.plot;

import java.util.Locale;
import org.ctstream.trainer.evaluate.Estimate;

/** Numbers as captions show them. */
final class Text {
    private Text() {}

    /** A number with two decimals, {@code n/a} if it is not defined. */
    static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.2f", value);
    }

    /** A number with three decimals and its interval. */
    static String estimate(Estimate estimate) {
        return estimate.isDefined()
                ? String.format(
                        Locale.ROOT,
                        "%.3f (95 %% interval %.3f to %.3f)",
                        estimate.value(),
                        estimate.low(),
                        estimate.high())
                : "n/a";
    }
}
