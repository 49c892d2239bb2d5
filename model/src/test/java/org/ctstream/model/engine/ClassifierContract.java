package org.ctstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises. The classifier under test takes slices of 32 x 32, 8 at most. */
public abstract class ClassifierContract {
    protected static final int SIDE = 32;
    private static final int MAX_BATCH = 8;
    private static final double TOLERANCE = 1e-5;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private Classifier classifier;

    /** Opens an engine on a release for slices of 32 x 32. */
    protected abstract Classifier open(EngineOptions options);

    /** Name of the engine. */
    protected abstract String engineName();

    @BeforeEach
    protected void openClassifier() {
        classifier = open(EngineOptions.defaults().withMaxBatch(MAX_BATCH).withThreads(1));
    }

    @AfterEach
    void closeClassifier() {
        classifier.close();
    }

    @Test
    void predictionsAreInTheOrderOfTheSlicesAndDiffer() {
        double[] oneByOne = new double[MAX_BATCH];
        for (int i = 0; i < MAX_BATCH; i++) {
            oneByOne[i] = probabilities(classifier.classify(batch(i)))[0];
        }

        assertThat(oneByOne).doesNotHaveDuplicates();
        assertThat(probabilities(classifier.classify(batch(0, 1, 2, 3, 4, 5, 6, 7))))
                .containsExactly(oneByOne, within(TOLERANCE));
        assertThat(probabilities(classifier.classify(batch(7, 3, 5))))
                .containsExactly(new double[] {oneByOne[7], oneByOne[3], oneByOne[5]}, within(TOLERANCE));
    }

    @Test
    void refilledBatchIsClassifiedAnew() {
        SliceBatch batch = batch(1);
        List<Prediction> first = classifier.classify(batch);
        batch.clear();
        batch.add(pixels(2));

        List<Prediction> second = classifier.classify(batch);

        assertThat(second).isNotEqualTo(first).isEqualTo(classifier.classify(batch(2)));
    }

    @Test
    void batchIsOnlyRead() {
        SliceBatch batch = batch(4);

        classifier.classify(batch);

        assertThat(batch.pixels()).isEqualTo(batch(4).pixels());
        assertThat(batch.size()).isEqualTo(1);
    }

    @Test
    void callersAtTheSameTimeGetTheirOwnPredictions() throws Exception {
        List<double[]> expected = new ArrayList<>();
        List<Callable<double[]>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int slice = i % MAX_BATCH;
            expected.add(probabilities(classifier.classify(batch(slice, slice))));
            calls.add(() -> probabilities(classifier.classify(batch(slice, slice))));
        }
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<double[]>> found = callers.invokeAll(calls);
            for (int i = 0; i < calls.size(); i++) {
                assertThat(found.get(i).get()).containsExactly(expected.get(i), within(TOLERANCE));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void batchThatIsEmptyOrTooLargeIsRefused() {
        assertThatThrownBy(() -> classifier.classify(batch())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> classifier.classify(batch(0, 1, 2, 3, 4, 5, 6, 7, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 8 slices here, found 9");
        assertThat(classifier.maxBatchSize()).isEqualTo(MAX_BATCH);
    }

    @Test
    void slicesOfAnotherSizeAreRefused() {
        SliceBatch batch = new SliceBatch(1, SIDE, SIDE + 1);
        batch.add(new byte[SIDE * (SIDE + 1)]);

        assertThatThrownBy(() -> classifier.classify(batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 x 32, found 32 x 33");
    }

    @Test
    void closedClassifierRefusesAndClosingTwiceIsHarmless() {
        classifier.close();
        classifier.close();

        assertThatThrownBy(() -> classifier.classify(batch(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void engineSaysWhatItIs() {
        assertThat(classifier.engine().engine()).isEqualTo(engineName());
        assertThat(classifier.engine().device()).hasToString("cpu");
        assertThat(classifier.engine().version()).isNotBlank();
        assertThat(classifier.engine().threads()).isEqualTo(1);
        assertThat(classifier.release().height()).isEqualTo(SIDE);
    }

    protected static double[] probabilities(List<Prediction> predictions) {
        return predictions.stream()
                .mapToDouble(prediction -> prediction.probability().orElseThrow())
                .toArray();
    }

    protected static SliceBatch batch(int... slices) {
        SliceBatch batch = new SliceBatch(Math.max(1, slices.length), SIDE, SIDE);
        for (int slice : slices) {
            batch.add(pixels(slice));
        }
        return batch;
    }

    /** A slice that differs from the others in mean, direction and period. */
    private static byte[] pixels(int slice) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            pixels[i] = (byte) ((slice * 23 + x * (slice + 1) + y * (9 - slice)) % 256);
        }
        return pixels;
    }
}
