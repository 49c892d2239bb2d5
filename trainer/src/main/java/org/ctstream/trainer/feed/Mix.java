package org.ctstream.trainer.feed;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Mixup: each row of a batch is mixed with the row as far from the end as it is from the beginning.
 *
 * @param share of a row's own image, 0.5 to 1; 1 for no mixing
 * @see "Zhang et al., mixup: Beyond Empirical Risk Minimization, ICLR 2018"
 */
public record Mix(double share) {
    public static final Mix NONE = new Mix(1);

    /**
     * A share drawn from Beta(alpha, alpha), the larger of the two sides.
     *
     * @param alpha 0 for no mixing, or more; 1 draws evenly
     */
    public static Mix draw(double alpha, long seed) {
        if (alpha == 0) {
            return NONE;
        }
        SplittableRandom random = new SplittableRandom(seed);
        // Jöhnk's method, which is quick for alpha up to 1.
        double x;
        double y;
        do {
            x = Math.pow(random.nextDouble(), 1 / alpha);
            y = Math.pow(random.nextDouble(), 1 / alpha);
        } while (x + y > 1 || x + y == 0);
        return new Mix(Math.max(x / (x + y), y / (x + y)));
    }

    /** Mixes rows in place. */
    void apply(FloatBuffer values, int rows) {
        if (share == 1) {
            return;
        }
        int length = values.limit() / rows;
        float own = (float) share;
        for (int row = 0; row < rows / 2; row++) {
            int first = row * length;
            int second = (rows - 1 - row) * length;
            for (int i = 0; i < length; i++) {
                float a = values.get(first + i);
                float b = values.get(second + i);
                values.put(first + i, own * a + (1 - own) * b);
                values.put(second + i, own * b + (1 - own) * a);
            }
        }
    }
}
