package org.ctstream.trainer.continuous;

import org.ctstream.model.release.ReleaseId;
import org.ctstream.trainer.run.InitialState;
import org.jspecify.annotations.Nullable;

/**
 * What a training starts from.
 *
 * @param parent the release its weights are; null if they are the configured ones or random
 */
record StartingPoint(InitialState initial, @Nullable ReleaseId parent) {
    @Nullable
    String parentName() {
        return parent == null ? null : parent.toString();
    }
}
