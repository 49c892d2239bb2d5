package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.CheckpointFolder;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.feed.TestSlices;
import org.ctstream.trainer.optimize.Sgd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DivergenceTest {
    @TempDir
    private static Path images;

    private static Dataset dataset;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws Exception {
        dataset = TestSlices.of(images, 6, 2);
    }

    @Test
    void learningRateFarTooHighEndsInAnErrorThatNamesIt() {
        // Weight decay is what makes weights of normalised layers grow without bound at such a rate.
        SmallPhase phase = SmallPhase.classification().epochs(100).rate(10).rule(new Sgd(0.9f, 1));

        assertDiverges(Trial.of(phase, dataset, folder.resolve("high")));
    }

    @ParameterizedTest
    @EnumSource(TripletStrategy.class)
    void contrastivePhaseWhoseLossIsNoNumberEndsInTheSameError(TripletStrategy strategy) {
        SmallPhase phase = SmallPhase.contrastive()
                .triplets(strategy)
                .trainable("layer4", "head")
                .epochs(30)
                .rate(1e30);

        assertDiverges(Trial.of(phase, dataset, folder.resolve("contrast")));
    }

    @Test
    void weightsThatAreInfiniteAreNotKeptThoughOutputsAreNumbers() {
        SmallPhase phase = SmallPhase.classification().epochs(1).rate(1e-9);
        Trial trial = Trial.of(phase, dataset, folder.resolve("infinite"));
        Weights sound = trial.run().best();

        // Divided by infinity, the first channel is zero, and all behind it numbers.
        Trial begun =
                Trial.of(phase, dataset, folder.resolve("begun")).from(withInfinite(sound, "layer1.norm.running_var"));

        assertThatExceptionOfType(DivergedException.class).isThrownBy(begun::run);
        assertThat(new CheckpointFolder(begun.folder(), "best").load()).isEmpty();
    }

    private static void assertDiverges(Trial trial) {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(trial::run)
                .withMessageContainingAll("diverged", "learning rate");
        for (String kind : List.of("last", "best")) {
            new CheckpointFolder(trial.folder(), kind)
                    .load()
                    .ifPresent(kept -> kept.weights().tensors().forEach((name, tensor) -> {
                        for (float value : tensor.toFloats()) {
                            assertThat(Float.isFinite(value))
                                    .as(kind + " " + name)
                                    .isTrue();
                        }
                    }));
        }
    }

    private static Weights withInfinite(Weights weights, String name) {
        Map<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        float[] values = weights.tensor(name).toFloats();
        values[0] = Float.POSITIVE_INFINITY;
        tensors.put(name, Tensor.ofFloats(weights.tensor(name).shape(), values));
        return new Weights(Map.of(), tensors);
    }
}
