package org.ctstream.worker.predict;

import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;

/** Runs a classifier once before scans wait for it: an engine's first calls are its slowest. */
public final class WarmUp {
    private WarmUp() {}

    /**
     * Runs the smallest and the largest batch once, with black slices.
     *
     * @return what it says of a black slice
     * @throws ClassifierException if it cannot
     */
    public static Prediction run(Classifier classifier) {
        Prediction said = classifier.classify(black(1, classifier.release())).get(0);
        if (classifier.maxBatchSize() > 1) {
            List<Prediction> unused = classifier.classify(black(classifier.maxBatchSize(), classifier.release()));
        }
        return said;
    }

    private static SliceBatch black(int size, ModelRelease release) {
        var batch = new SliceBatch(size, release.height(), release.width());
        while (!batch.isFull()) {
            batch.add(new byte[release.height() * release.width()]);
        }
        return batch;
    }
}
