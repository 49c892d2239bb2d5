package org.ctstream.model.untrained;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;

/**
 * The release that is served as long as there is no trained one: DenseNet169 with seeded weights.
 *
 * <p>It exercises everything a trained one does, at the same cost, and its probabilities mean nothing: {@code trained} is
 * false, and name, version and description say so.
 */
public final class UntrainedRelease {
    /**
     * Of the first seventy seeds the one for which phantoms lie closest round the threshold, so that a demo shows positives
     * and negatives. Which slice falls on which side is chance.
     */
    public static final long DEFAULT_SEED = 23;

    private static final int SIDE = 224;
    /** Neutral numbers that belong to no data set. */
    private static final double MEAN = 0.5;

    private static final double STANDARD_DEVIATION = 0.25;
    private static final double THRESHOLD = 0.5;
    private static final DenseNetLayout LAYOUT = DenseNetLayout.denseNet169(2);

    private UntrainedRelease() {}

    /** The release with the default seed. */
    public static StoredRelease in(ModelStore store) {
        return in(store, DEFAULT_SEED);
    }

    /**
     * The release with this seed from the store, made on first use: 50 MB, a few seconds. Several processes may ask at the
     * same time.
     *
     * @throws ReleaseException as {@link ModelStore#load} and {@link ModelStore#save} do
     */
    public static StoredRelease in(ModelStore store, long seed) {
        ReleaseId id = id(seed);
        if (!store.contains(id)) {
            Weights weights = SeededWeights.of(LAYOUT, seed);
            try {
                return store.save(manifest(seed, weights), weights);
            } catch (ReleaseException.AlreadyExists e) {
                // Another process was faster; the bytes are the same.
            }
        }
        return store.load(id);
    }

    /** Name and version of the release with this seed. */
    public static ReleaseId id(long seed) {
        return new ReleaseId(LAYOUT.name(), "0.0.0-untrained." + seed);
    }

    private static ModelRelease manifest(long seed, Weights weights) {
        ReleaseId id = id(seed);
        return new ModelRelease(
                id.name(),
                id.version(),
                "Untrained: random weights made from seed " + seed + ". The probabilities mean nothing.",
                LAYOUT.name(),
                weights.sha256(),
                SIDE,
                SIDE,
                Collections.nCopies(ModelRelease.CHANNELS, MEAN),
                Collections.nCopies(ModelRelease.CHANNELS, STANDARD_DEVIATION),
                List.of("negative", "positive"),
                THRESHOLD,
                false,
                Map.of(),
                new Lineage(Map.of(), seed, SeededWeights.RECIPE, null),
                Instant.now());
    }
}
