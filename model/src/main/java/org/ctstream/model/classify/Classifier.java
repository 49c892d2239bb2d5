package org.ctstream.model.classify;

import java.util.List;
import org.ctstream.model.release.ModelRelease;

/**
 * A release, loaded into an engine and ready.
 *
 * <p>It holds native or device memory until it is closed.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe: calls at the same time give the same predictions as one after the other, and {@link #close} waits for
 * the running ones. They compete for the same device, so more than one caller seldom gains anything.
 */
public interface Classifier extends AutoCloseable {

    /**
     * Classifies every slice of the batch.
     *
     * @param batch 1 to {@link #maxBatchSize} slices of the size the release wants; read, not kept
     * @return one prediction per slice, in the batch's order
     * @throws ClassifierException if the engine gave no predictions; its type says what to do next
     * @throws IllegalArgumentException if the batch is empty, too large, or of another slice size
     * @throws IllegalStateException if the classifier is closed
     */
    List<Prediction> classify(SliceBatch batch);

    /** The release whose predictions these are. */
    ModelRelease release();

    /** What computes them. */
    EngineDescription engine();

    /** The most slices one call takes. */
    int maxBatchSize();

    /** Waits for running calls and frees the memory. Further calls do nothing. */
    @Override
    void close();
}
