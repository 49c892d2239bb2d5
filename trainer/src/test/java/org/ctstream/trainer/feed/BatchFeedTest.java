package org.ctstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFeedTest {
    @TempDir
    private static Path folder;

    private static Dataset dataset;

    @BeforeAll
    static void make() throws Exception {
        dataset = TestSlices.of(folder, 5, 1);
    }

    @Test
    void batchesDependNeitherOnTheNumberOfThreadsNorOnTheRun() {
        List<float[]> once = values(1, 0.4);

        assertThat(values(1, 0.4)).usingRecursiveComparison().isEqualTo(once);
        assertThat(values(4, 0.4)).usingRecursiveComparison().isEqualTo(once);
        assertThat(once).hasSize(4);
        assertThat(once.get(3)).hasSize(16 * 16 * 3);
    }

    @Test
    void batchHasItsSamplesInTheOrderOfThePlan() {
        List<List<Sample>> plan = plan();
        try (BatchFeed feed = feed(plan, 0, 3)) {
            for (List<Sample> planned : plan) {
                assertThat(feed.hasNext()).isTrue();
                Batch batch = feed.next();
                assertThat(batch.samples()).isEqualTo(planned);
                assertThat(batch.shape()).isEqualTo(new Shape(planned.size(), 16, 16, 3));
                assertThat(batch.values().isDirect()).isTrue();
                assertThat(batch.mix()).isEqualTo(Mix.NONE);
            }
            assertThat(feed.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(feed::next);
            assertThat(feed.waitedNanos()).isPositive();
        }
    }

    @Test
    void failureOfARenderingThreadArrivesAsItIs() {
        Rendering failing = new Rendering() {
            @Override
            public Shape shape() {
                return new Shape(1);
            }

            @Override
            public void render(Sample sample, FloatBuffer target) {
                throw new IllegalStateException("image " + sample.image().digest() + " is gone");
            }
        };
        try (BatchFeed feed = new BatchFeed(failing, plan(), 0, 2)) {
            assertThatIllegalStateException().isThrownBy(feed::next).withMessageEndingWith("is gone");
        }
    }

    private static List<float[]> values(int threads, double mixup) {
        List<float[]> all = new ArrayList<>();
        try (BatchFeed feed = feed(plan(), mixup, threads)) {
            while (feed.hasNext()) {
                FloatBuffer values = feed.next().values().asFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                all.add(copy);
            }
        }
        return all;
    }

    private static BatchFeed feed(List<List<Sample>> plan, double mixup, int threads) {
        return new BatchFeed(new PixelRendering(dataset, 16, Standardisation.grey(0.4, 0.2)), plan, mixup, threads);
    }

    private static List<List<Sample>> plan() {
        Augmenter augmenter = new Augmenter(AugmentationSettings.standard(), 16);
        List<List<Sample>> plan = new ArrayList<>();
        List<Sample> batch = new ArrayList<>();
        for (LabeledImage image : dataset.images(Split.TRAIN)) {
            batch.add(new Sample(image, augmenter, Seeds.of(5, Seeds.of(image.digest()))));
            if (batch.size() == 3) {
                plan.add(List.copyOf(batch));
                batch.clear();
            }
        }
        plan.add(batch);
        return plan;
    }
}
