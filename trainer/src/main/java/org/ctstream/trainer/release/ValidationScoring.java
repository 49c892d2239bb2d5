package org.ctstream.trainer.release;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.evaluate.Scores;

/** Images through a classifier as the workers use it. */
public final class ValidationScoring {
    private ValidationScoring() {}

    /**
     * Probabilities of images.
     *
     * @throws IllegalStateException if the network's output for one of them is not a number
     */
    public static Scores of(Classifier classifier, Dataset dataset, List<LabeledImage> images) {
        ModelRelease release = classifier.release();
        SliceBatch batch = new SliceBatch(classifier.maxBatchSize(), release.height(), release.width());
        List<Prediction> predictions = new ArrayList<>();
        for (LabeledImage image : images) {
            batch.add(dataset.slice(image, release.height()).pixels());
            if (batch.isFull()) {
                predictions.addAll(classifier.classify(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            predictions.addAll(classifier.classify(batch));
        }
        double[] probabilities = new double[images.size()];
        boolean[] positives = new boolean[images.size()];
        for (int i = 0; i < probabilities.length; i++) {
            String digest = images.get(i).digest();
            probabilities[i] = predictions
                    .get(i)
                    .probability()
                    .orElseThrow(() -> new IllegalStateException(
                            "the network's output for image " + digest + " is not a number; train again"));
            positives[i] = images.get(i).positive();
        }
        return new Scores(probabilities, positives);
    }
}
