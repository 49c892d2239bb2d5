package org.ctstream.cli.evaluate;

import java.util.List;
import org.ctstream.model.classify.Embedding;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.evaluate.Scores;
import org.jspecify.annotations.Nullable;

/**
 * An image and what the network said about it.
 *
 * @param probability of the positive class, NaN if the network's output was not finite
 * @param embedding of the image as it is; null if there is none
 */
record ScoredImage(
        LabeledImage image, double probability, @Nullable Embedding embedding) {
    boolean isFinite() {
        return !Double.isNaN(probability);
    }

    /** The scores of those images that have a probability. */
    static Scores scores(List<ScoredImage> images) {
        List<ScoredImage> finite = images.stream().filter(ScoredImage::isFinite).toList();
        return Scores.of(
                finite.stream().map(ScoredImage::probability).toList(),
                finite.stream().map(scored -> scored.image().positive()).toList());
    }
}
