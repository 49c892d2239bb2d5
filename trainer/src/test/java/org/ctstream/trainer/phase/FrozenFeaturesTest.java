package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.trainer.checkpoint.CheckpointException;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.BatchFeed;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.feed.TestSlices;
import org.ctstream.trainer.network.OneThread;
import org.ctstream.trainer.network.TrainingNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenFeaturesTest {
    @TempDir
    private static Path images;

    private static Dataset dataset;

    @TempDir
    private Path folder;

    private TrainingNetwork network;
    private PixelRendering pixels;

    @BeforeAll
    static void make() throws Exception {
        dataset = TestSlices.of(images, 10, 3);
    }

    @BeforeEach
    void open() {
        OneThread.load();
        network = TrainingNetwork.create("small-cnn", 2, 0, 1, Device.cpu());
        pixels = new PixelRendering(dataset, 32, Standardisation.grey(0.4, 0.25));
    }

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest(name = "with {0} the first to learn")
    @CsvSource({"layer2, 3", "fc, 1"})
    void everySampleHasWhatTheFrozenStagesMakeOfIt(String firstToLearn, int axes) {
        network.trainOnly(Set.of(firstToLearn));
        List<Sample> samples = samples();
        try (FrozenFeatures features = open(samples, new PhaseListener() {})) {
            assertThat(features.shape().dimension()).isEqualTo(axes);
            for (Sample sample : List.of(samples.get(0), samples.get(15), samples.get(16), samples.get(39))) {
                FloatBuffer found = FloatBuffer.allocate((int) features.shape().size());
                features.render(sample, found);

                assertThat(found.hasRemaining()).isFalse();
                assertThat(found.array()).containsExactly(prefix(sample), within(1e-5f));
            }
        }
    }

    @ParameterizedTest(name = "{0} learning behind frozen stages")
    @CsvSource({"layer3, fc", "fc, fc"})
    void trainingOnThemIsTrainingOnTheImages(String first, String second) {
        SmallPhase phase = SmallPhase.classification()
                .augmentation(AugmentationSettings.none())
                .trainable(Stream.of(first, second).distinct().toArray(String[]::new))
                .averageDecay(0.9);
        Trial afresh = Trial.of(phase, dataset, folder.resolve("afresh"));
        Trial kept = Trial.of(phase.frozenCopies(1), dataset, folder.resolve("kept"));
        afresh.run();
        kept.run();

        afresh.last()
                .tensors()
                .forEach((name, tensor) -> assertThat(kept.last().tensor(name).toFloats())
                        .as(name)
                        .containsExactly(tensor.toFloats(), within(1e-4f)));
        assertThat(kept.history().get(1).validationLoss())
                .isCloseTo(afresh.history().get(1).validationLoss(), within(1e-4));
    }

    @Test
    void resumedPhaseReadsWhatItKept() {
        SmallPhase phase = SmallPhase.classification().trainable("layer3", "fc").frozenCopies(3);
        Trial undisturbed = Trial.of(phase, dataset, folder.resolve("undisturbed"));
        undisturbed.run();
        Trial killed = Trial.of(phase, dataset, folder.resolve("killed"));
        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> killed.run(Trial.stoppingAt(2, 1)));
        List<Integer> computed = new ArrayList<>();

        killed.run(counting(computed));

        assertThat(computed).isEmpty();
        assertThat(killed.last()).isEqualTo(undisturbed.last());
    }

    @Test
    void contrastivePhaseFindsAllItsSamples() {
        for (TripletStrategy strategy : TripletStrategy.values()) {
            SmallPhase phase = SmallPhase.contrastive()
                    .trainable("head")
                    .triplets(strategy)
                    .frozenCopies(2)
                    .epochs(1);

            Trial trial = Trial.of(phase, dataset, folder.resolve("contrast" + strategy));
            trial.run();

            assertThat(trial.history()).as(strategy.toString()).hasSize(1);
        }
    }

    @Test
    void halfWrittenFileIsNeitherReadNorKept() {
        network.trainOnly(Set.of("fc"));
        PhaseListener stopping = new PhaseListener() {
            @Override
            public void frozenFeatures(int done, int total) {
                throw new Trial.Stopped();
            }
        };
        List<Sample> samples = samples();

        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> open(samples, stopping));
        assertThat(folder).isEmptyDirectory();

        List<Integer> computed = new ArrayList<>();
        open(samples, counting(computed)).close();
        assertThat(computed).containsExactly(16, 32, 40);
        computed.clear();
        open(samples, counting(computed)).close();
        assertThat(computed).isEmpty();
    }

    @Test
    void truncatedFileIsMadeAgainWhenOpenedAndAnErrorWhenRead() throws Exception {
        network.trainOnly(Set.of("fc"));
        List<Sample> samples = samples();
        Path file = folder.resolve("frozen.f32");
        List<Integer> computed = new ArrayList<>();
        try (FrozenFeatures features = open(samples, new PhaseListener() {})) {
            truncate(file);

            FloatBuffer row = FloatBuffer.allocate(64);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> features.render(samples.get(39), row))
                    .withMessageContaining("start the run again");
        }

        open(samples, counting(computed)).close();

        assertThat(computed).isNotEmpty();
        assertThat(Files.size(file)).isEqualTo(40 * 64 * Float.BYTES);
    }

    @Test
    void folderThatCannotBeWrittenIsAnErrorThatTellsSizeAndRemedy() throws Exception {
        network.trainOnly(Set.of("fc"));
        Path taken = Files.writeString(folder.resolve("taken"), "a file");

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() ->
                        FrozenFeatures.in(taken, "frozen.f32", network, pixels, samples(), 1, new PhaseListener() {}))
                .withMessageContainingAll("MiB", "make room", "frozen.copies");
    }

    @Test
    void sampleThatWasNotForeseenIsAnError() {
        network.trainOnly(Set.of("fc"));
        List<Sample> samples = samples();
        try (FrozenFeatures features = open(samples.subList(0, 5), new PhaseListener() {})) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> features.render(samples.get(9), FloatBuffer.allocate(64)))
                    .withMessageContaining(samples.get(9).image().digest());
        }
    }

    private FrozenFeatures open(List<Sample> samples, PhaseListener listener) {
        return FrozenFeatures.in(folder, "frozen.f32", network, pixels, samples, 2, listener);
    }

    private static List<Sample> samples() {
        SampleMaker maker = new SampleMaker(new Augmenter(AugmentationSettings.standard(), 32), 2, 5);
        return maker.all(dataset.images(Split.TRAIN));
    }

    /** (C, H, W) of the network to (H, W, C). */
    private float[] prefix(Sample sample) {
        try (BatchFeed feed = new BatchFeed(pixels, List.of(List.of(sample)), 0, 1);
                NDManager scope = network.manager().newSubManager()) {
            Batch batch = feed.next();
            NDArray input = network.input(batch.values(), batch.shape(), scope);
            NDArray output = network.run(input, 0, network.firstTrainable(), false);
            Shape shape = output.getShape();
            return (shape.dimension() == 4 ? output.transpose(0, 2, 3, 1) : output).toFloatArray();
        }
    }

    private static void truncate(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 5);
        }
    }

    private static PhaseListener counting(List<Integer> computed) {
        return new PhaseListener() {
            @Override
            public void frozenFeatures(int done, int total) {
                computed.add(done);
            }
        };
    }
}
