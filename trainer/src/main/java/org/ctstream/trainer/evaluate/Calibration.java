package org.ctstream.trainer.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the probabilities are what they say: images sorted into {@value #BINS} bins of equal width by the probability
 * of the positive class, the last bin taking 1.
 *
 * @param bins all bins in order, empty ones too
 */
public record Calibration(List<Bin> bins) {
    /** Number of bins. */
    public static final int BINS = 10;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** The bins of some scores. */
    public static Calibration of(Scores scores) {
        int[] images = new int[BINS];
        int[] positives = new int[BINS];
        double[] sums = new double[BINS];
        for (int i = 0; i < scores.size(); i++) {
            int bin = Math.min((int) (scores.probability(i) * BINS), BINS - 1);
            images[bin]++;
            positives[bin] += scores.isPositive(i) ? 1 : 0;
            sums[bin] += scores.probability(i);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new Bin(images[bin], positives[bin], sums[bin] / images[bin]));
        }
        return new Calibration(bins);
    }

    /**
     * Expected calibration error: the distance of mean probability and share of positives, averaged over all images.
     *
     * @see "M. P. Naeini, G. F. Cooper and M. Hauskrecht, Obtaining well calibrated probabilities using Bayesian
     *     binning, AAAI (2015)"
     */
    public double expectedError() {
        int images = bins.stream().mapToInt(Bin::images).sum();
        return bins.stream()
                        .filter(bin -> bin.images() > 0)
                        .mapToDouble(bin -> bin.images() * Math.abs(bin.meanProbability() - bin.positiveShare()))
                        .sum()
                / images;
    }

    /**
     * One bin.
     *
     * @param images how many images are in it
     * @param positives how many of them are positive
     * @param meanProbability their mean probability, NaN if there are none
     */
    public record Bin(int images, int positives, double meanProbability) {
        /** Share of the bin's images that are positive, with its interval. */
        public Estimate share() {
            return Estimate.ofProportion(positives, images);
        }

        double positiveShare() {
            return (double) positives / images;
        }
    }
}
