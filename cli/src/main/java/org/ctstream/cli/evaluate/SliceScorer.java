package org.ctstream.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;

/** Classifies the images of a data set, each as it is or as the mean over its flips. */
final class SliceScorer {
    private final Classifier classifier;
    private final List<Flip> flips;
    private final SliceBatch batch;

    /** @param flips the views of an image whose probabilities are averaged, at most as many as a batch holds */
    SliceScorer(Classifier classifier, List<Flip> flips) {
        this.classifier = classifier;
        this.flips = List.copyOf(flips);
        ModelRelease release = classifier.release();
        this.batch = new SliceBatch(classifier.maxBatchSize(), release.height(), release.width());
    }

    /** Scores every image of a split, in the data set's order. */
    List<ScoredImage> score(Dataset dataset, Split split) {
        List<LabeledImage> images = dataset.images(split);
        int together = classifier.maxBatchSize() / flips.size();
        List<ScoredImage> scored = new ArrayList<>();
        for (int from = 0; from < images.size(); from += together) {
            scored.addAll(score(dataset, images.subList(from, Math.min(images.size(), from + together))));
        }
        return scored;
    }

    private List<ScoredImage> score(Dataset dataset, List<LabeledImage> images) {
        batch.clear();
        for (LabeledImage image : images) {
            GreySlice slice = dataset.slice(image, batch.width());
            flips.forEach(flip -> batch.add(flip.of(slice).pixels()));
        }
        List<Prediction> predictions = classifier.classify(batch);
        List<ScoredImage> scored = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            List<Prediction> views = predictions.subList(i * flips.size(), (i + 1) * flips.size());
            scored.add(new ScoredImage(
                    images.get(i), mean(views), views.get(0).embedding().orElse(null)));
        }
        return scored;
    }

    /** NaN if one of the outputs was not finite: such an image has no probability. */
    private static double mean(List<Prediction> views) {
        return views.stream()
                .mapToDouble(view -> view.probability().orElse(Double.NaN))
                .average()
                .orElseThrow();
    }
}
