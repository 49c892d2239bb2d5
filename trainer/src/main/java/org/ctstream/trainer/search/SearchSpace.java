package org.ctstream.trainer.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import org.ctstream.trainer.feed.Seeds;

/**
 * The settings trials are drawn from.
 *
 * @param lowestRate lowest learning rate, above 0
 * @param highestRate highest learning rate, exclusive unless it is the lowest too
 * @param batchSizes batch sizes, equally likely
 * @param augmentations augmentations by name, equally likely
 * @param trainable sets of stages that learn, equally likely; an empty set lets all learn
 * @see "Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13 (2012)"
 */
public record SearchSpace(
        double lowestRate,
        double highestRate,
        List<Integer> batchSizes,
        List<String> augmentations,
        List<List<String>> trainable) {
    public SearchSpace {
        batchSizes = List.copyOf(batchSizes);
        augmentations = List.copyOf(augmentations);
        trainable = trainable.stream().map(List::copyOf).toList();
        check(
                lowestRate > 0 && lowestRate <= highestRate && highestRate <= 10,
                "learning rates",
                "0 < MIN <= MAX <= 10",
                lowestRate + " to " + highestRate);
        check(
                !batchSizes.isEmpty() && batchSizes.stream().allMatch(size -> size >= 1),
                "batch sizes",
                "1 or more",
                batchSizes);
        check(!augmentations.isEmpty(), "augmentations", "one or more", augmentations);
        check(!trainable.isEmpty(), "sets of stages", "one or more", trainable);
    }

    /**
     * The settings of a trial. They depend on the seed and the trial's number alone, so that a search can be extended.
     *
     * @param number counted from 1
     */
    public TrialSettings draw(long seed, int number) {
        // Always in this order: adding a choice at the end leaves what was drawn before as it was.
        var random = new SplittableRandom(Seeds.of(seed, number));
        double share = random.nextDouble();
        double rate = Math.exp(Math.log(lowestRate) + share * (Math.log(highestRate) - Math.log(lowestRate)));
        return new TrialSettings(
                number,
                threeDigits(rate),
                batchSizes.get(random.nextInt(batchSizes.size())),
                augmentations.get(random.nextInt(augmentations.size())),
                trainable.get(random.nextInt(trainable.size())));
    }

    /** No learning rate means more than that, and people have to read and type it. */
    private static double threeDigits(double rate) {
        return BigDecimal.valueOf(rate).round(new MathContext(3)).doubleValue();
    }

    private static void check(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(what + " of a search must be " + expected + ", found " + found);
        }
    }
}
