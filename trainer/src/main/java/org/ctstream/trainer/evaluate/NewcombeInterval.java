package org.ctstream.trainer.evaluate;

import java.util.function.DoublePredicate;

/**
 * Score interval for the area under the ROC curve: every area from which the observed one is at most 1.96 standard
 * errors away, by Hanley and McNeil's variance with both classes counted as of their mean size.
 *
 * @see "R. G. Newcombe, Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part 2:
 *     asymptotic methods and evaluation, Statistics in Medicine 25 (2006), method 5"
 */
final class NewcombeInterval {
    private static final int HALVINGS = 60;

    private NewcombeInterval() {}

    /** The interval around an observed area, given the number of images of each class. */
    static Estimate of(double area, int positives, int negatives) {
        DoublePredicate compatible =
                other -> Math.abs(area - other) <= Estimate.Z * Math.sqrt(variance(other, positives, negatives));
        return new Estimate(area, end(0, area, compatible), end(1, area, compatible));
    }

    private static double variance(double area, int positives, int negatives) {
        double others = (positives + negatives) / 2.0 - 1;
        return area
                * (1 - area)
                * (1 + others * (1 - area) / (2 - area) + others * area / (1 + area))
                / ((double) positives * negatives);
    }

    /** Where the compatible areas end on the way from the observed one to a bound. */
    private static double end(double bound, double area, DoublePredicate compatible) {
        double outside = bound;
        double inside = area;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (outside + inside) / 2;
            if (compatible.test(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }
}
