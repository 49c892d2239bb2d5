package org.ctstream.trainer.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * What a classifier said about a number of images, and what they are. Immutable: the arrays are copied in and out.
 *
 * @param probabilities probability of the positive class of every image, 0 to 1 inclusive
 * @param positives whether the image is positive, in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record Scores(double[] probabilities, boolean[] positives) {
    /**
     * @throws ScoresException if there are no images, as many labels as probabilities are not there, or a probability
     *     is NaN or outside 0 to 1
     */
    public Scores {
        if (probabilities.length != positives.length) {
            throw new ScoresException("cannot take scores of " + probabilities.length + " probabilities and "
                    + positives.length + " labels; there must be one label for every probability");
        }
        if (probabilities.length == 0) {
            throw new ScoresException("cannot take the scores of no images; at least one is needed");
        }
        for (int i = 0; i < probabilities.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new ScoresException("cannot take scores: the probability of image " + i + " of "
                        + probabilities.length + " is " + probabilities[i] + " (expected: 0 to 1);"
                        + " a network that answers NaN has diverged");
            }
        }
        probabilities = probabilities.clone();
        positives = positives.clone();
    }

    /** Scores that were gathered in lists; the same conditions hold. */
    public static Scores of(List<Double> probabilities, List<Boolean> positives) {
        boolean[] labels = new boolean[positives.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = positives.get(i);
        }
        return new Scores(
                probabilities.stream().mapToDouble(Double::doubleValue).toArray(), labels);
    }

    @Override
    public double[] probabilities() {
        return probabilities.clone();
    }

    @Override
    public boolean[] positives() {
        return positives.clone();
    }

    /** Number of images, at least 1. */
    public int size() {
        return probabilities.length;
    }

    /** Probability of the positive class of one image. */
    public double probability(int image) {
        return probabilities[image];
    }

    /** Whether one image is positive. */
    public boolean isPositive(int image) {
        return positives[image];
    }

    /** Number of positive images. */
    public int positiveCount() {
        int count = 0;
        for (boolean positive : positives) {
            count += positive ? 1 : 0;
        }
        return count;
    }

    /** Number of negative images. */
    public int negativeCount() {
        return size() - positiveCount();
    }

    /** Probabilities of the images of one class, in order of the images. */
    double[] ofClass(boolean positive) {
        double[] chosen = new double[positive ? positiveCount() : negativeCount()];
        int next = 0;
        for (int i = 0; i < size(); i++) {
            if (positives[i] == positive) {
                chosen[next++] = probabilities[i];
            }
        }
        return chosen;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scores scores
                && Arrays.equals(probabilities, scores.probabilities)
                && Arrays.equals(positives, scores.positives);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(probabilities) + Arrays.hashCode(positives);
    }

    @Override
    public String toString() {
        return "Scores[images=" + size() + ", positives=" + positiveCount() + "]";
    }
}
