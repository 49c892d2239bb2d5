package org.ctstream.trainer.evaluate;

/** Twenty scores with ties within and across the classes; what tests expect of them was computed by scikit-learn 1.9. */
final class TwentyImages {
    static final Scores SCORES = new Scores(
            new double[] {.92, .81, .81, .75, .64, .64, .55, .5, .47, .41, .38, .33, .33, .21, .19, .12, .07, 1, 0, .5},
            new boolean[] {
                true, true, false, true, true, false, true, false, true, false, true, false, false, true, false, false,
                false, true, false, true
            });

    private TwentyImages() {}
}
