package org.ctstream.cli.evaluate;

import java.util.List;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.evaluate.Scores;

/**
 * An image and what the network said about it.
 *
 * @param probability of the positive class, NaN if the network's output was not finite
 */
record ScoredImage(LabeledImage image, double probability) {
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
