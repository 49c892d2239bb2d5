package org.ctstream.imaging.augment;

import java.util.SplittableRandom;

/** Checks and draws of probabilities. */
final class Probability {

    private Probability() {}

    static double checked(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s %s (expected: a probability, 0 to 1)".formatted(name, value));
        }
        return value;
    }

    /** Takes exactly one number from the generator. */
    static boolean happens(double probability, SplittableRandom random) {
        return random.nextDouble() < probability;
    }
}
