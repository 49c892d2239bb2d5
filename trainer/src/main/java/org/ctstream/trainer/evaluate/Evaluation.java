package org.ctstream.trainer.evaluate;

/**
 * How well a classifier does on some images, at a threshold. A metric that the images do not determine (the sensitivity
 * without positives, say) is NaN.
 *
 * @param images number of images
 * @param positives number of positive images among them
 * @param threshold the lowest probability that is called positive
 * @param confusion counts at the threshold
 * @param aucEstimate area under the ROC curve, with DeLong's interval
 * @param brier mean squared distance of probability and label (0 or 1); 0.25 is what a constant 0.5 gets
 * @param calibration how probabilities and shares of positives agree
 */
public record Evaluation(
        int images,
        int positives,
        double threshold,
        Confusion confusion,
        Estimate aucEstimate,
        double brier,
        Calibration calibration) {

    /**
     * Evaluates at a threshold.
     *
     * @throws IllegalArgumentException if the threshold is not from 0 to 1
     */
    public static Evaluation of(Scores scores, double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold is from 0 to 1, found " + threshold);
        }
        return new Evaluation(
                scores.size(),
                scores.positiveCount(),
                threshold,
                Confusion.of(scores, threshold),
                Auc.estimate(scores),
                brier(scores),
                Calibration.of(scores));
    }

    /** Number of negative images. */
    public int negatives() {
        return images - positives;
    }

    /** Share of all images called rightly, with Wilson's interval. */
    public Estimate accuracy() {
        return confusion.accuracy();
    }

    /** Share of the positive images called positive, with Wilson's interval. */
    public Estimate sensitivity() {
        return confusion.sensitivity();
    }

    /** Share of the negative images called negative, with Wilson's interval. */
    public Estimate specificity() {
        return confusion.specificity();
    }

    /** Harmonic mean of precision and sensitivity. */
    public double f1() {
        return confusion.f1();
    }

    /** Area under the ROC curve, over all thresholds. */
    public double auc() {
        return aucEstimate.value();
    }

    /** Mean of sensitivity and specificity: the area under the curve that this one threshold makes. */
    public double aucByHardLabels() {
        return confusion.aucByHardLabels();
    }

    /** Expected calibration error over ten bins. */
    public double ece() {
        return calibration.expectedError();
    }

    private static double brier(Scores scores) {
        double sum = 0;
        for (int i = 0; i < scores.size(); i++) {
            double distance = scores.probability(i) - (scores.isPositive(i) ? 1 : 0);
            sum += distance * distance;
        }
        return sum / scores.size();
    }
}
