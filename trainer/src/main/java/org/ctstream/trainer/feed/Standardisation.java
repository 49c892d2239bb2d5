package org.ctstream.trainer.feed;

import java.util.Collections;
import java.util.List;

/**
 * Mean and standard deviation per input channel, of pixels scaled to 0..1.
 *
 * @param mean three numbers
 * @param standardDeviation three positive numbers
 */
public record Standardisation(List<Double> mean, List<Double> standardDeviation) {
    private static final int CHANNELS = 3;

    /** The usual numbers of networks pretrained on ImageNet. */
    public static final Standardisation IMAGENET =
            new Standardisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    public Standardisation {
        mean = List.copyOf(mean);
        standardDeviation = List.copyOf(standardDeviation);
        if (mean.size() != CHANNELS
                || standardDeviation.size() != CHANNELS
                || standardDeviation.stream().anyMatch(deviation -> !(deviation > 0))) {
            throw new IllegalArgumentException("standardisation needs three means and three positive deviations, found "
                    + mean + " and " + standardDeviation);
        }
    }

    /** The same numbers for all channels, as grey images have. */
    public static Standardisation grey(double mean, double standardDeviation) {
        return new Standardisation(
                Collections.nCopies(CHANNELS, mean), Collections.nCopies(CHANNELS, standardDeviation));
    }
}
