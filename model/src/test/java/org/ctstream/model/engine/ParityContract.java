package org.ctstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.measure.Parity;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine that runs a network promises on a processor: the contract, and the reference's numbers. */
public abstract class ParityContract extends ClassifierContract {
    private static final double HEATMAP_TOLERANCE = 1e-3;
    private static final List<Double> UNEQUAL = List.of(0.4, 0.5, 0.6);
    private static final List<Double> EQUAL = List.of(0.5, 0.5, 0.5);

    @TempDir
    private Path store;

    @SuppressWarnings("NullAway.Init") // made before each test
    private StoredRelease release;

    /** The engine. */
    protected abstract ClassifierFactory factory();

    /** A release of {@code small-cnn} for slices of 32 x 32. */
    protected StoredRelease release() {
        return release;
    }

    @Override
    protected Classifier open(EngineOptions options) {
        return factory().open(release, options);
    }

    @Override
    @BeforeEach
    protected void openClassifier() {
        release = SmallReleases.smallCnn(store, "1.0.0", UNEQUAL);
        super.openClassifier();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void probabilitiesHeatmapsAndEmbeddingsAreTheReferences(int batchSize) {
        assertParity(release, batchSize);
    }

    @Test
    void probabilitiesAreTheReferencesAlsoWhereOneInputChannelIsEnough() {
        assertParity(SmallReleases.smallCnn(store, "1.0.1", EQUAL), 8);
    }

    @Test
    void secondClassifierOfTheSameReleaseAnswersTheSame() {
        try (Classifier other = open(EngineOptions.defaults().withMaxBatch(8).withThreads(1));
                Classifier third = open(EngineOptions.defaults().withMaxBatch(8).withThreads(1))) {
            var parity = new Parity(other, third);
            parity.add(batch(0, 1, 2, 3, 4, 5, 6, 7));

            assertThat(parity.report().maxDifference()).isLessThan(1e-6);
        }
    }

    private void assertParity(StoredRelease stored, int batchSize) {
        EngineOptions options = EngineOptions.defaults().withMaxBatch(8).withThreads(1);
        try (Classifier reference = new PyTorchClassifiers().open(stored, options);
                Classifier candidate = factory().open(stored, options)) {
            var parity = new Parity(reference, candidate);
            for (int from = 0; from < 8; from += batchSize) {
                int[] slices = new int[Math.min(batchSize, 8 - from)];
                for (int i = 0; i < slices.length; i++) {
                    slices[i] = from + i;
                }
                parity.add(batch(slices));
            }
            Parity.Report report = parity.report();

            assertThat(report.slices()).isEqualTo(8);
            assertThat(report.unlikeNotFinite()).isZero();
            assertThat(report.maxDifference()).isLessThanOrEqualTo(Parity.tolerance(Precision.FP32));
            assertThat(report.maxHeatmapDifference()).isLessThanOrEqualTo(HEATMAP_TOLERANCE);
            assertThat(report.embeddings()).isEqualTo(8);
            assertThat(report.minSimilarity()).isGreaterThanOrEqualTo(0.999);
        }
    }
}
