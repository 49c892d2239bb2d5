package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.feed.TestSlices;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.network.TrainingNetwork;
import org.ctstream.trainer.optimize.Sgd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContrastTest {
    @TempDir
    private static Path images;

    private static Dataset dataset;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws Exception {
        dataset = TestSlices.of(images, 6, 3);
    }

    @ParameterizedTest
    @EnumSource(TripletStrategy.class)
    void lossFallsAndEmbeddingsTellTheClassesApart(TripletStrategy strategy) {
        Trial trial = Trial.of(
                SmallPhase.contrastive()
                        .triplets(strategy)
                        .trainable("head")
                        .batches(4, 12)
                        .rate(0.002)
                        .epochs(4),
                dataset,
                folder.resolve("run"));

        trial.run();

        List<EpochRecord> history = trial.history();
        assertThat(history.get(3).trainLoss()).isLessThan(0.6 * history.get(0).trainLoss());
        assertThat(history.get(3).validationLoss())
                .isLessThanOrEqualTo(history.get(0).validationLoss())
                .isLessThan(0.1);
        assertThat(history.get(3).validationAuc()).isEqualTo(1);
    }

    @Test
    void classifierHasNoPartInItEvenIfAllStagesLearn() {
        Trial trial = Trial.of(
                SmallPhase.contrastive().rule(new Sgd(0.9f, 0)).batches(6, 12).epochs(1),
                dataset,
                folder.resolve("all"));

        trial.run();

        Weights last = trial.last();
        try (TrainingNetwork begun = TrainingNetwork.create("resnet18-embedding", 2, 0, 1, Device.cpu())) {
            Weights initial = begun.weights();
            assertThat(last.tensor("classifier.weight")).isEqualTo(initial.tensor("classifier.weight"));
            assertThat(last.tensor("conv1.weight")).isNotEqualTo(initial.tensor("conv1.weight"));
        }
    }

    @Test
    void phaseInWhichOnlyTheClassifierWouldLearnIsRefused() {
        Trial trial = Trial.of(SmallPhase.contrastive().trainable("classifier"), dataset, folder.resolve("nothing"));

        assertThatIllegalArgumentException()
                .isThrownBy(trial::run)
                .withMessageContainingAll("small", "learn nothing", "classifier", "head");
    }
}
