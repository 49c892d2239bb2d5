package org.ctstream.trainer.check;

import org.ctstream.trainer.dataset.LabeledImage;

/**
 * What a network says of an image.
 *
 * @param probability of the positive class, 0 to 1
 */
public record ImagePrediction(LabeledImage image, double probability) {
    private static final double THRESHOLD = 0.5;

    public boolean isPositive() {
        return probability >= THRESHOLD;
    }

    public boolean isRight() {
        return isPositive() == image.positive();
    }
}
