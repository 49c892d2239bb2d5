package org.ctstream.trainer.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ROC curve: what every possible threshold gives, from the one that calls no image positive to the one that calls
 * all so. Images of equal probability go over together.
 *
 * @param points in order of falling threshold; the first has rates 0 and 0, the last 1 and 1
 */
public record RocCurve(List<Point> points) {
    public RocCurve {
        points = List.copyOf(points);
    }

    /**
     * The curve of some scores.
     *
     * @throws ScoresException if there are no positive or no negative images
     */
    public static RocCurve of(Scores scores) {
        if (scores.positiveCount() == 0 || scores.negativeCount() == 0) {
            throw new ScoresException("cannot draw an ROC curve of " + scores.positiveCount() + " positive and "
                    + scores.negativeCount() + " negative images; it needs at least one of each");
        }
        return new RocCurve(points(scores));
    }

    private static List<Point> points(Scores scores) {
        double[] distinct =
                Arrays.stream(scores.probabilities()).distinct().sorted().toArray();
        List<Point> points = new ArrayList<>();
        points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
        double[] positives = scores.ofClass(true);
        double[] negatives = scores.ofClass(false);
        Arrays.sort(positives);
        Arrays.sort(negatives);
        int positive = positives.length;
        int negative = negatives.length;
        for (int i = distinct.length - 1; i >= 0; i--) {
            while (positive > 0 && positives[positive - 1] >= distinct[i]) {
                positive--;
            }
            while (negative > 0 && negatives[negative - 1] >= distinct[i]) {
                negative--;
            }
            points.add(new Point(
                    distinct[i], 1 - (double) negative / negatives.length, 1 - (double) positive / positives.length));
        }
        return points;
    }

    /**
     * What one threshold gives.
     *
     * @param threshold the lowest probability called positive; infinite at the first point
     * @param falsePositiveRate share of the negative images called positive
     * @param truePositiveRate share of the positive images called positive
     */
    public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}
}
