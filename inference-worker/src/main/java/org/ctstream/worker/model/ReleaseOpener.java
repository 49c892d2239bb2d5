package org.ctstream.worker.model;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.worker.predict.WarmUp;

/**
 * Gets releases from the store and opens them with the configured engine, warm. One that cannot be of use to any scan
 * is refused, whether it is to be served first or to take over.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ReleaseOpener {
    /**
     * Rows and columns of normalized scans. Ingest makes them so, whatever is served; a worker needs nothing else of
     * imaging, so it has the number again.
     */
    private static final int SIDE = 224;

    private final ModelStore store;
    private final ClassifierFactory engine;
    private final EngineOptions options;
    private final UnaryOperator<Classifier> guard;

    public ReleaseOpener(ModelStore store, ClassifierFactory engine, EngineOptions options) {
        this(store, engine, options, UnaryOperator.identity());
    }

    /** @param guard put around each classifier that has been opened and run once */
    public ReleaseOpener(
            ModelStore store, ClassifierFactory engine, EngineOptions options, UnaryOperator<Classifier> guard) {
        this.store = store;
        this.engine = engine;
        this.options = options;
        this.guard = guard;
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

    /**
     * Opens it each time it is asked, and runs it once. Throws as {@link ClassifierFactory#open} and {@link WarmUp#run},
     * and {@link UnfitReleaseException} if it takes slices of another size than scans have, or answers with no number.
     */
    Supplier<Classifier> opening(StoredRelease release) {
        return () -> open(release);
    }

    /**
     * Opens it each time it is asked, for a release there is no alternative to.
     *
     * @see #fatal
     */
    Supplier<Classifier> openingOrFatal(StoredRelease release) {
        return () -> {
            try {
                return open(release);
            } catch (IllegalArgumentException | UnfitReleaseException | ClassifierException.Unavailable e) {
                throw fatal(e);
            }
        };
    }

    private Classifier open(StoredRelease release) {
        requireSliceSize(release.release());
        Classifier classifier = engine.open(release, options);
        try {
            requireNumber(WarmUp.run(classifier), release.release());
            return guard.apply(classifier);
        } catch (RuntimeException | Error e) {
            classifier.close();
            throw e;
        }
    }

    /** A release for another size would turn every scan into a dead letter. */
    private static void requireSliceSize(ModelRelease release) {
        if (release.height() != SIDE || release.width() != SIDE) {
            throw new UnfitReleaseException(
                    ReleaseFailure.GEOMETRY,
                    "release " + release.id() + " takes slices of " + release.height() + " x " + release.width()
                            + ", expected " + SIDE + " x " + SIDE + ", the size scans are normalized to");
        }
    }

    private static void requireNumber(Prediction ofBlackSlice, ModelRelease release) {
        if (ofBlackSlice.probability().isEmpty()) {
            throw new UnfitReleaseException(
                    ReleaseFailure.OUTPUT,
                    "release " + release.id() + " answers a black slice with no number: " + ofBlackSlice);
        }
    }

    /** What a service without an alternative stops with. */
    static FatalStageException fatal(RuntimeException e) {
        return new FatalStageException(Stage.CLASSIFY, "Cannot open the engine: " + e.getMessage(), e);
    }
}
