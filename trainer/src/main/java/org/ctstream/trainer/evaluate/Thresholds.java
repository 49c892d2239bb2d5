package org.ctstream.trainer.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Chooses the threshold by an aim. Choose it on the validation set only: on the images that are then reported on, the
 * report would flatter.
 *
 * <p>A threshold lies midway between two neighbouring probabilities (0 and 1 taken as neighbours at the ends), so that
 * rounding decides about no image. Of several that serve the aim equally well the one nearest to 0.5 is taken.
 */
public final class Thresholds {
    private Thresholds() {}

    /**
     * The threshold with the highest sensitivity plus specificity.
     *
     * @throws ScoresException if there are no positive or no negative images
     * @see "W. J. Youden, Index for rating diagnostic tests, Cancer 3 (1950)"
     */
    public static double youden(Scores scores) {
        if (scores.positiveCount() == 0 || scores.negativeCount() == 0) {
            throw new ScoresException("cannot choose a threshold by Youden's index on " + scores.positiveCount()
                    + " positive and " + scores.negativeCount() + " negative images; it needs at least one of each");
        }
        return best(scores, Confusion::aucByHardLabels);
    }

    /** The threshold with the most images called rightly. */
    public static double accuracy(Scores scores) {
        return best(scores, confusion -> confusion.truePositives() + confusion.trueNegatives());
    }

    /**
     * The threshold with the highest specificity among those whose sensitivity is at least the one asked for.
     *
     * @param sensitivity above 0, at most 1
     * @throws ScoresException if there are no positive images
     */
    public static double sensitivityAtLeast(Scores scores, double sensitivity) {
        if (!(sensitivity > 0 && sensitivity <= 1)) {
            throw new IllegalArgumentException(
                    "a sensitivity to reach must be above 0 and at most 1, found " + sensitivity);
        }
        if (scores.positiveCount() == 0) {
            throw new ScoresException("cannot choose a threshold by its sensitivity on " + scores.size()
                    + " images of which none is positive");
        }
        // Fewer false positives are better, but only once the sensitivity is there.
        return best(
                scores,
                confusion -> confusion.sensitivity().value() >= sensitivity
                        ? confusion.trueNegatives()
                        : Double.NEGATIVE_INFINITY);
    }

    private static double best(Scores scores, ToDoubleFunction<Confusion> aim) {
        List<Candidate> candidates = candidates(scores)
                .mapToObj(threshold -> new Candidate(threshold, aim.applyAsDouble(Confusion.of(scores, threshold))))
                .sorted(Comparator.comparingDouble(candidate -> Math.abs(candidate.threshold() - 0.5)))
                .toList();
        double highest = candidates.stream().mapToDouble(Candidate::value).max().orElseThrow();
        return candidates.stream()
                .filter(candidate -> candidate.value() == highest)
                .findFirst()
                .orElseThrow()
                .threshold();
    }

    private static DoubleStream candidates(Scores scores) {
        double[] bounds = DoubleStream.concat(DoubleStream.of(0, 1), Arrays.stream(scores.probabilities()))
                .distinct()
                .sorted()
                .toArray();
        DoubleStream.Builder middles = DoubleStream.builder();
        for (int i = 1; i < bounds.length; i++) {
            double middle = (bounds[i - 1] + bounds[i]) / 2;
            // Between two neighbouring numbers there is none: the upper one separates them, as it is called positive.
            middles.add(middle > bounds[i - 1] ? middle : bounds[i]);
        }
        // An image of probability 0 is called positive by this one only.
        return DoubleStream.concat(DoubleStream.of(0), middles.build());
    }

    private record Candidate(double threshold, double value) {}
}
