package org.ctstream.model.engine.auto;

import java.util.Arrays;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;

/**
 * A candidate that opened the release and classified a slice with it: many a missing library shows only then.
 *
 * @param classifier open
 * @param nanosPerSlice time of a second, single slice
 */
record Trial(Candidate candidate, Classifier classifier, long nanosPerSlice) {

    /** Opens the release and runs it; closed again if that fails. Throws as both do. */
    static Trial of(Candidate candidate, StoredRelease release, EngineOptions options) {
        Classifier classifier = candidate.factory().open(release, options.withDevice(candidate.device()));
        try {
            SliceBatch slice = grey(1, classifier.release());
            List<Prediction> unused = classifier.classify(slice);
            long begin = System.nanoTime();
            List<Prediction> unusedToo = classifier.classify(slice);
            return new Trial(candidate, classifier, Math.max(1, System.nanoTime() - begin));
        } catch (RuntimeException | Error e) {
            classifier.close();
            throw e;
        }
    }

    /** Slices of this release's size; their content does not change what a network costs. */
    static SliceBatch grey(int slices, ModelRelease release) {
        var batch = new SliceBatch(slices, release.height(), release.width());
        byte[] pixels = new byte[release.height() * release.width()];
        Arrays.fill(pixels, (byte) 128);
        while (!batch.isFull()) {
            batch.add(pixels);
        }
        return batch;
    }
}
