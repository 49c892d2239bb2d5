package org.ctstream.model.engine.support;

import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;

/** Whether a batch is one that a classifier takes. */
public final class BatchCheck {
    private BatchCheck() {}

    /**
     * @param maxBatch the most slices allowed
     * @throws IllegalArgumentException if the batch is empty, too large, or of another slice size than the release's
     */
    public static void check(SliceBatch batch, ModelRelease release, int maxBatch) {
        if (batch.isEmpty() || batch.size() > maxBatch) {
            throw new IllegalArgumentException(
                    "a batch has from 1 to " + maxBatch + " slices here, found " + batch.size());
        }
        if (batch.height() != release.height() || batch.width() != release.width()) {
            throw new IllegalArgumentException("release " + release.id() + " takes slices of " + release.height()
                    + " x " + release.width() + ", found " + batch.height() + " x " + batch.width());
        }
    }
}
