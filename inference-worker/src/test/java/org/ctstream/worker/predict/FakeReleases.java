package org.ctstream.worker.predict;

import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.release.ModelRelease;

/** The fake engine's release and description, for tests of other packages. */
public final class FakeReleases {
    private static final FakeClassifier FAKE = new FakeClassifier(1, 1);

    private FakeReleases() {}

    public static ModelRelease release() {
        return FAKE.release();
    }

    public static EngineDescription engine() {
        return FAKE.engine();
    }
}
