package org.ctstream.model.engine.none;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.ClassifierContract;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoneClassifierTest extends ClassifierContract {
    private final ModelRelease release = TestReleases.release("1.0.0", TestReleases.weights());

    @Override
    protected Classifier open(EngineOptions options) {
        return new NoneClassifiers().open(new StoredRelease(release, Path.of("not read")), options);
    }

    @Override
    protected String engineName() {
        return "none";
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "51, 0.2", "255, 1"})
    void sliceOfOneGreyGetsThatGreyAsItsProbability(int grey, double probability) {
        byte[] pixels = new byte[SIDE * SIDE];
        Arrays.fill(pixels, (byte) grey);
        SliceBatch batch = new SliceBatch(1, SIDE, SIDE);
        batch.add(pixels);

        try (Classifier classifier = open(EngineOptions.defaults())) {
            assertThat(probabilities(classifier.classify(batch))).containsExactly(probability);
        }
    }

    @Test
    void resultsCannotPassForTheReleases() {
        try (Classifier classifier = open(EngineOptions.defaults())) {
            ModelRelease served = classifier.release();

            assertThat(release.trained()).isTrue();
            assertThat(served.trained()).isFalse();
            assertThat(served.id()).hasToString("none:1.0.0");
            assertThat(served.sha256()).isNotEqualTo(release.sha256());
            assertThat(served.description()).startsWith("Untrained").contains("tiny:1.0.0");
        }
    }

    @Test
    void simulatedDeviceTakesAtLeastItsTimeAlsoWhenInterrupted() {
        EngineOptions options = EngineOptions.defaults().withSimulatedCost(SimulatedCost.ofMicros(4_000, 1_000));
        try (Classifier classifier = open(options)) {
            Thread.currentThread().interrupt();
            long begin = System.nanoTime();

            classifier.classify(batch(1, 2, 3));

            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(7_000_000);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
