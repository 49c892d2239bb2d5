package org.ctstream.cli.shadow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.jspecify.annotations.Nullable;

/**
 * Has a release classify slices in batches, and measures how long that takes.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
final class SliceClassifier {
    private final Classifier classifier;
    private final BiConsumer<Slice, Answer> answers;
    private final SliceBatch batch;
    private final List<Slice> inBatch = new ArrayList<>();
    private final List<Double> millisPerSlice = new ArrayList<>();
    private long classified;

    /** @param answers is handed each slice with what the release said of it */
    SliceClassifier(Classifier classifier, BiConsumer<Slice, Answer> answers) {
        this.classifier = classifier;
        this.answers = answers;
        ModelRelease release = classifier.release();
        this.batch = new SliceBatch(classifier.maxBatchSize(), release.height(), release.width());
    }

    /** False if the release wants slices of another size. */
    boolean fits(Slice slice) {
        return slice.isOf(batch.height(), batch.width());
    }

    /** Takes a slice that fits; classifies once a batch is full. */
    void add(Slice slice) {
        batch.add(slice.scan().getPixels());
        inBatch.add(slice);
        if (batch.isFull()) {
            flush();
        }
    }

    /** Classifies what is there. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        List<Prediction> predictions = classifier.classify(batch);
        millisPerSlice.add((System.nanoTime() - began) / 1e6 / batch.size());
        for (int i = 0; i < predictions.size(); i++) {
            answers.accept(
                    inBatch.get(i),
                    Answer.of(
                            predictions.get(i).probability(),
                            classifier.release().threshold()));
        }
        classified += batch.size();
        batch.clear();
        inBatch.clear();
    }

    /** The time the engine took for a slice, over the batches; null before the first. */
    @Nullable
    EngineLatency latency() {
        if (millisPerSlice.isEmpty()) {
            return null;
        }
        double[] sorted = millisPerSlice.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return new EngineLatency(classified, Quantiles.of(sorted, 0.5), Quantiles.of(sorted, 0.95));
    }
}
