package org.ctstream.worker.model;

import java.util.function.Supplier;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/**
 * Gets releases from the store and opens them with the configured engine.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ReleaseOpener {
    private final ModelStore store;
    private final ClassifierFactory engine;
    private final EngineOptions options;

    public ReleaseOpener(ModelStore store, ClassifierFactory engine, EngineOptions options) {
        this.store = store;
        this.engine = engine;
        this.options = options;
    }

    /** The release of this name and version; throws as {@link ModelStore#load}. */
    StoredRelease fetch(ReleaseId id) {
        return store.load(id);
    }

    /** The release that is served as long as none is in production; throws as {@link DefaultRelease#in}. */
    StoredRelease fetchDefault() {
        return DefaultRelease.in(store);
    }

    /**
     * An announced release.
     *
     * @throws ReleaseException as {@link ModelStore#load} does
     * @throws UnfitReleaseException if the store has other weights than those that were announced
     */
    StoredRelease fetch(AnnouncedRelease announced) {
        StoredRelease stored = store.load(announced.id());
        if (!stored.release().sha256().equals(announced.sha256())) {
            throw new UnfitReleaseException(
                    ReleaseFailure.DIGEST,
                    "the model store " + store.root() + " has another release " + announced.id()
                            + " than the one announced: SHA-256 expected " + announced.sha256() + ", found "
                            + stored.release().sha256());
        }
        return stored;
    }

    /** Opens it each time it is asked; throws as {@link ClassifierFactory#open}. */
    Supplier<Classifier> opening(StoredRelease release) {
        return () -> engine.open(release, options);
    }

    /**
     * Opens it each time it is asked, for a release there is no alternative to.
     *
     * @see #fatal
     */
    Supplier<Classifier> openingOrFatal(StoredRelease release) {
        return () -> {
            try {
                return engine.open(release, options);
            } catch (IllegalArgumentException | ClassifierException.Unavailable e) {
                throw fatal(e);
            }
        };
    }

    /** What a service without an alternative stops with. */
    static FatalStageException fatal(RuntimeException e) {
        return new FatalStageException(Stage.CLASSIFY, "Cannot open the engine: " + e.getMessage(), e);
    }
}
