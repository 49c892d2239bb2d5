package org.ctstream.imaging.phantom;

import java.util.SplittableRandom;

/** Draws from a seeded stream by plain arithmetic alone, the same on every machine. */
final class Range {

    private final SplittableRandom random;

    Range(SplittableRandom random) {
        this.random = random;
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** An integer, both ends included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    long seed() {
        return random.nextLong();
    }

    /** Mean 0, standard deviation 1, by the sum of twelve uniform draws: no logarithm, so no difference in the last bit. */
    double gaussian() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
