package org.ctstream.trainer.evaluate;

/**
 * The area under the ROC curve: the probability that a positive image drawn at random has a higher probability than a
 * negative one, a tie counting half.
 *
 * @see "J. A. Hanley and B. J. McNeil, The meaning and use of the area under a receiver operating characteristic (ROC)
 *     curve, Radiology 143 (1982)"
 */
public final class Auc {
    private Auc() {}

    /** The area, 0 to 1; NaN if there are no positive or no negative images. */
    public static double of(Scores scores) {
        double[] positives = scores.ofClass(true);
        double[] negatives = scores.ofClass(false);
        if (positives.length == 0 || negatives.length == 0) {
            return Double.NaN;
        }
        double[] ranks = MidRanks.ofBoth(positives, negatives);
        double sum = 0;
        for (int i = 0; i < positives.length; i++) {
            sum += ranks[i];
        }
        double above = sum - positives.length * (positives.length + 1.0) / 2;
        return above / ((double) positives.length * negatives.length);
    }

    /**
     * The area with its 95 % interval: DeLong's, cut off at 0 and 1. Where DeLong's variance says nothing, because it
     * is zero (all pairs in order, all scores equal) or a class has one image only, Newcombe's score interval takes its
     * place, which stays honest there.
     *
     * @see "E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Comparing the areas under two or more correlated
     *     receiver operating characteristic curves, Biometrics 44 (1988)"
     */
    public static Estimate estimate(Scores scores) {
        double area = of(scores);
        if (Double.isNaN(area)) {
            return Estimate.UNDEFINED;
        }
        double variance = DeLong.variance(scores.ofClass(true), scores.ofClass(false));
        if (!(variance > 0)) {
            return NewcombeInterval.of(area, scores.positiveCount(), scores.negativeCount());
        }
        double half = Estimate.Z * Math.sqrt(variance);
        return new Estimate(area, Math.max(0, area - half), Math.min(1, area + half));
    }
}
