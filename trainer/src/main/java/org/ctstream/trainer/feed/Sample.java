package org.ctstream.trainer.feed;

import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.trainer.dataset.LabeledImage;
import org.jspecify.annotations.Nullable;

/**
 * One image as one step wants it.
 *
 * @param image the labelled image
 * @param augmenter how it is augmented; null for the serving path, without augmentation
 * @param seed of everything random in the augmentation: the same sample always gives the same pixels
 */
public record Sample(LabeledImage image, @Nullable Augmenter augmenter, long seed) {
    /** The image as it is served. */
    public static Sample plain(LabeledImage image) {
        return new Sample(image, null, 0);
    }
}
