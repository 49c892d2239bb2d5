package org.ctstream.cli.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.evaluate.Scores;

/** Runs two releases side by side: batch after batch, each by one and then by the other, so that their times compare. */
final class ReleaseComparison {
    private final ClassifierFactory engine;
    private final EngineOptions options;

    /** @param options with the size of the batches */
    ReleaseComparison(ClassifierFactory engine, EngineOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /**
     * Compares.
     *
     * @param onImages is told how many images are done
     * @throws org.ctstream.model.classify.ClassifierException if the engine cannot serve one of them
     * @throws org.ctstream.trainer.evaluate.ScoresException if one answers something that is no number
     */
    Comparison compare(
            StoredRelease original,
            StoredRelease quantized,
            Dataset dataset,
            List<LabeledImage> images,
            IntConsumer onImages) {
        try (Classifier first = engine.open(original, options);
                Classifier second = engine.open(quantized, options)) {
            requireServing(first, original);
            requireServing(second, quantized);
            var ofFirst = new Run(first);
            var ofSecond = new Run(second);
            ModelRelease release = original.release();
            var batch = new SliceBatch(options.maxBatch(), release.height(), release.width());
            warmUp(batch, List.of(first, second));
            for (int i = 0; i < images.size(); i++) {
                batch.add(dataset.slice(images.get(i), release.height()).pixels());
                if (batch.isFull() || i + 1 == images.size()) {
                    ofFirst.classify(batch);
                    ofSecond.classify(batch);
                    batch.clear();
                    onImages.accept(i + 1);
                }
            }
            return new Comparison(
                    ofFirst.scores(images),
                    ofSecond.scores(images),
                    release.threshold(),
                    second.engine(),
                    ofFirst.medianMillis(),
                    ofSecond.medianMillis());
        }
    }

    private static void requireServing(Classifier classifier, StoredRelease stored) {
        if (!classifier.release().id().equals(stored.release().id())) {
            throw new IllegalStateException("the engine " + classifier.engine().text() + " serves release "
                    + classifier.release().id() + " instead of "
                    + stored.release().id());
        }
    }

    /** The first batch an engine is given takes longer than the others. */
    private static void warmUp(SliceBatch batch, List<Classifier> classifiers) {
        while (!batch.isFull()) {
            batch.add(new byte[batch.height() * batch.width()]);
        }
        classifiers.forEach(classifier -> classifier.classify(batch));
        batch.clear();
    }

    /** One classifier's answers and times. */
    private static final class Run {
        private final Classifier classifier;
        private final List<Prediction> predictions = new ArrayList<>();
        private final List<Double> millisPerSlice = new ArrayList<>();

        Run(Classifier classifier) {
            this.classifier = classifier;
        }

        void classify(SliceBatch batch) {
            long began = System.nanoTime();
            predictions.addAll(classifier.classify(batch));
            millisPerSlice.add((System.nanoTime() - began) / 1e6 / batch.size());
        }

        Scores scores(List<LabeledImage> images) {
            return Scores.of(
                    predictions.stream()
                            .map(prediction -> prediction.probability().orElse(Double.NaN))
                            .toList(),
                    images.stream().map(LabeledImage::positive).toList());
        }

        double medianMillis() {
            double[] sorted =
                    millisPerSlice.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }
}
