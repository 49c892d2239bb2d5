package org.ctstream.trainer.phase;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.feed.Seeds;
import org.jspecify.annotations.Nullable;

/** Augmented samples of images: afresh in every epoch, or one of a few copies of each. */
final class SampleMaker {
    private final @Nullable Augmenter augmenter;
    private final int copies;
    private final long seed;

    /**
     * @param augmenter how images are augmented; null for not at all
     * @param copies different samples there are of each image; 0 for a new one every time
     */
    SampleMaker(@Nullable Augmenter augmenter, int copies, long seed) {
        this.augmenter = augmenter;
        this.copies = copies;
        this.seed = seed;
    }

    /** @param use tells this use of the image from its others in the epoch */
    Sample sample(LabeledImage image, int epoch, int use) {
        long digest = Seeds.of(image.digest());
        if (copies > 0) {
            // Each image begins at another copy, so that an epoch is not all first copies.
            return copy(image, (int) Math.floorMod(digest + epoch + (long) use, (long) copies));
        }
        return new Sample(image, augmenter, Seeds.of(seed, digest, epoch, use));
    }

    /** All samples there may be of these images. */
    List<Sample> all(List<LabeledImage> images) {
        List<Sample> samples = new ArrayList<>();
        for (LabeledImage image : images) {
            for (int copy = 0; copy < copies; copy++) {
                samples.add(copy(image, copy));
            }
        }
        return samples;
    }

    private Sample copy(LabeledImage image, int copy) {
        return new Sample(image, augmenter, Seeds.of(seed, Seeds.of(image.digest()), copy));
    }
}
