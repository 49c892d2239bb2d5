package org.ctstream.trainer.evaluate;

/**
 * How many images of each class a threshold puts where. An image is called positive if its probability is at least the
 * threshold, as the worker does it.
 *
 * @param truePositives positive images called positive
 * @param falsePositives negative images called positive
 * @param trueNegatives negative images called negative
 * @param falseNegatives positive images called negative
 */
public record Confusion(int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {

    /** The counts at a threshold. */
    public static Confusion of(Scores scores, double threshold) {
        int truePositives = 0;
        int falsePositives = 0;
        for (int i = 0; i < scores.size(); i++) {
            if (scores.probability(i) >= threshold) {
                truePositives += scores.isPositive(i) ? 1 : 0;
                falsePositives += scores.isPositive(i) ? 0 : 1;
            }
        }
        return new Confusion(
                truePositives,
                falsePositives,
                scores.negativeCount() - falsePositives,
                scores.positiveCount() - truePositives);
    }

    /** Share of all images called rightly. */
    public Estimate accuracy() {
        return Estimate.ofProportion(
                (long) truePositives + trueNegatives,
                (long) truePositives + trueNegatives + falsePositives + falseNegatives);
    }

    /** Share of the positive images called positive. */
    public Estimate sensitivity() {
        return Estimate.ofProportion(truePositives, (long) truePositives + falseNegatives);
    }

    /** Share of the negative images called negative. */
    public Estimate specificity() {
        return Estimate.ofProportion(trueNegatives, (long) trueNegatives + falsePositives);
    }

    /** Harmonic mean of precision and sensitivity; NaN if no image is positive and none is called so. */
    public double f1() {
        int called = 2 * truePositives + falsePositives + falseNegatives;
        return called == 0 ? Double.NaN : 2.0 * truePositives / called;
    }

    /** Area under the ROC curve of the labels alone: the mean of sensitivity and specificity; NaN without a class. */
    public double aucByHardLabels() {
        return (sensitivity().value() + specificity().value()) / 2;
    }
}
