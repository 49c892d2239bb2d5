package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.CheckpointException;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.feed.TestSlices;
import org.ctstream.trainer.history.EpochRecord;
import org.ctstream.trainer.optimize.AdamW;
import org.ctstream.trainer.optimize.RmsProp;
import org.ctstream.trainer.optimize.Sgd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseRunnerTest {
    @TempDir
    private static Path images;

    private static Dataset dataset;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws Exception {
        dataset = TestSlices.of(images, 8, 4);
    }

    @Test
    void sameSeedGivesTheSameWeightsToTheBitAndAnotherSeedOthers() {
        SmallPhase phase = SmallPhase.classification().dropout(0.3).mixup(0.4);
        Trial one = trial(phase, "one");
        Trial same = trial(phase, "same");
        Trial other = trial(phase, "other").seed(2);
        one.run();
        same.run();
        other.run();

        assertThat(same.last()).isEqualTo(one.last());
        assertThat(same.history()).isEqualTo(one.history()).hasSize(2);
        assertThat(other.last()).isNotEqualTo(one.last());
    }

    @ParameterizedTest(name = "stopped in epoch {0} after update {1}")
    @CsvSource({"1, 1", "3, 2", "4, 3"})
    void runKilledInTheMiddleOfAnEpochGoesOnAsIfItHadNotBeen(int epoch, int update) {
        SmallPhase phase = SmallPhase.classification()
                .epochs(4)
                .rule(new AdamW(0.01f))
                .rate(0.003)
                .dropout(0.3)
                .averageDecay(0.9);
        Trial undisturbed = trial(phase, "undisturbed");
        PhaseResult expected = undisturbed.run();

        Trial killed = trial(phase, "killed");
        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> killed.run(Trial.stoppingAt(epoch, update)));
        List<Integer> begun = new ArrayList<>();
        PhaseResult resumed = killed.run(startsInto(begun));

        assertThat(begun).containsExactly(epoch - 1);
        assertThat(resumed.best()).isEqualTo(expected.best());
        assertThat(resumed.progress()).isEqualTo(expected.progress());
        assertThat(killed.last()).isEqualTo(undisturbed.last());
        assertThat(killed.history()).isEqualTo(undisturbed.history()).hasSize(4);
    }

    @Test
    void runStoppedBetweenEpochsGoesOnAsIfItHadNotBeen() {
        SmallPhase phase = SmallPhase.classification()
                .epochs(3)
                .rule(new RmsProp(0.9f, 0.001f))
                .rate(0.001);
        Trial undisturbed = trial(phase, "undisturbed");
        undisturbed.run();

        Trial stopped = trial(phase, "stopped");
        for (int epoch = 1; epoch <= 3; epoch++) {
            int last = epoch;
            assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> stopped.run(Trial.stoppingAfter(last)));
        }
        stopped.run();

        assertThat(stopped.last()).isEqualTo(undisturbed.last());
        assertThat(stopped.history()).isEqualTo(undisturbed.history()).hasSize(3);
    }

    @Test
    void contrastivePhaseGoesOnAsIfItHadNotBeenKilled() {
        SmallPhase phase = SmallPhase.contrastive()
                .trainable("head")
                .triplets(TripletStrategy.SEMI_HARD)
                .rate(0.01)
                .epochs(2);
        Trial undisturbed = trial(phase, "undisturbed");
        undisturbed.run();

        Trial killed = trial(phase, "killed");
        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> killed.run(Trial.stoppingAt(2, 1)));
        killed.run();

        assertThat(killed.last()).isEqualTo(undisturbed.last());
        assertThat(killed.history()).isEqualTo(undisturbed.history());
    }

    @Test
    void finishedPhaseIsNotTrainedAgain() {
        Trial trial = trial(SmallPhase.classification(), "finished");
        PhaseResult result = trial.run();

        PhaseResult again = trial.run(Trial.stoppingAt(1, 1));

        assertThat(again).isEqualTo(result);
        assertThat(again.progress().finished()).isTrue();
        assertThat(names("finished")).allMatch(name -> name.startsWith("best-") || name.startsWith("last-"));
    }

    @Test
    void otherSettingsThanItBeganWithAreRefusedListingBoth() {
        SmallPhase phase = SmallPhase.classification().epochs(3);
        Trial trial = trial(phase, "begun");
        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> trial.run(Trial.stoppingAfter(1)));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> trial.with(phase.rate(0.01)).run())
                .withMessageContainingAll("small", "base=0.05", "base=0.01", "begin a new run, or set them back");
    }

    @Test
    void checkpointWithoutItsOptimizerIsRefusedAndNotGoneOnFromCold() throws Exception {
        Trial trial = stoppedAfterOneEpoch("cold");

        Files.delete(checkpoint("cold").resolve("optimizer.safetensors"));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(trial::run)
                .withMessageContainingAll("optimizer", "delete the folder");
    }

    @Test
    void checkpointOfAnotherNetworkIsRefusedAndNotLoadedInPart() throws Exception {
        Trial trial = stoppedAfterOneEpoch("other");
        Path file = checkpoint("other").resolve("weights.safetensors");
        Map<String, Tensor> fewer = new TreeMap<>(SafeTensors.read(file).tensors());
        fewer.remove("layer2.norm.running_mean");
        SafeTensors.write(new Weights(Map.of(), fewer), file);

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(trial::run)
                .withMessageContainingAll("layer2.norm.running_mean", "does not fit phase small", "delete the folder");
    }

    @Test
    void initialWeightsAreLoadedAsFarAsTheyFit() {
        Weights first = trial(SmallPhase.classification(), "first").run().best();
        Weights withAnotherClassifier = with(first, "fc.weight", Tensor.ofFloats(List.of(3L, 64L), new float[192]));
        SmallPhase frozen = SmallPhase.classification().trainable("fc").epochs(1);

        Trial second = trial(frozen, "second").from(withAnotherClassifier);
        second.run();

        assertThat(second.last().tensor("layer1.conv.weight")).isEqualTo(first.tensor("layer1.conv.weight"));
        assertThat(second.last().tensor("layer3.norm.running_var")).isEqualTo(first.tensor("layer3.norm.running_var"));
    }

    @Test
    void initialWeightsOfWhichNothingFitsAreRefused() {
        Weights others = new Weights(Map.of(), Map.of("conv1.weight", Tensor.ofFloats(List.of(1L), new float[1])));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trial(SmallPhase.classification(), "others")
                        .from(others)
                        .run())
                .withMessageContainingAll("small", "small-cnn", "none");
    }

    @Test
    void separableSlicesAreToldApartAndTheBestWeightsKept() {
        Trial trial = trial(SmallPhase.classification().epochs(6), "separable");

        PhaseResult result = trial.run();

        List<EpochRecord> history = trial.history();
        assertThat(result.progress().bestAuc()).isEqualTo(1);
        assertThat(history.get(5).trainLoss()).isLessThan(0.5 * history.get(0).trainLoss());
        assertThat(history).extracting(EpochRecord::validationAuc).contains(1.0);
        EpochRecord best = history.get(result.progress().bestEpoch() - 1);
        assertThat(best.validationLoss()).isEqualTo(result.progress().bestLoss());
    }

    @Test
    void phaseEndsWhenPatienceIsLost() {
        SmallPhase phase = SmallPhase.classification()
                .augmentation(AugmentationSettings.none())
                .epochs(50)
                .patience(2)
                // Too slow to change any figure.
                .rate(1e-30)
                .trainable("fc");
        Trial trial = trial(phase, "patient");

        PhaseResult result = trial.run();

        assertThat(result.progress().bestEpoch()).isEqualTo(1);
        assertThat(result.progress().epoch()).isEqualTo(3);
        assertThat(result.progress().finished()).isTrue();
        assertThat(trial.history()).hasSize(3);
    }

    @Test
    void averageOfTheWeightsIsValidatedAndKeptAsBest() {
        SmallPhase phase = SmallPhase.classification().epochs(1);
        Trial plain = trial(phase, "plain");
        PhaseResult ofWeights = plain.run();
        Trial averaged = trial(phase.averageDecay(0.9), "averaged");
        PhaseResult ofAverage = averaged.run();

        assertThat(averaged.last()).isEqualTo(plain.last());
        assertThat(ofWeights.best()).isEqualTo(plain.last());
        assertThat(ofAverage.best()).isNotEqualTo(ofWeights.best());
        assertThat(averaged.history().get(0).trainLoss())
                .isEqualTo(plain.history().get(0).trainLoss());
        assertThat(averaged.history().get(0).validationLoss())
                .isNotEqualTo(plain.history().get(0).validationLoss());
    }

    @Test
    void accumulatedMicroBatchesMoveTheWeightsAsOneLargeBatchDoes() {
        SmallPhase phase = SmallPhase.classification().trainable("fc").rule(new Sgd(0.9f, 0.01f));
        Trial whole = trial(phase.batches(8, 8), "whole");
        Trial parts = trial(phase.batches(8, 3), "parts");
        whole.run();
        parts.run();

        float[] expected = whole.last().tensor("fc.weight").toFloats();
        float[] found = parts.last().tensor("fc.weight").toFloats();
        assertThat(found).containsExactly(expected, within(1e-5f));
        assertThat(parts.history().get(1).trainLoss())
                .isCloseTo(whole.history().get(1).trainLoss(), within(1e-5));
    }

    private Trial stoppedAfterOneEpoch(String name) {
        Trial trial = trial(SmallPhase.classification(), name);
        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> trial.run(Trial.stoppingAfter(1)));
        return trial;
    }

    private Trial trial(SmallPhase phase, String name) {
        return Trial.of(phase, dataset, folder.resolve(name));
    }

    private Path checkpoint(String name) {
        return folder.resolve(name).resolve("last-000001");
    }

    private List<String> names(String name) {
        try (Stream<Path> children = Files.list(folder.resolve(name))) {
            return children.map(child -> child.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Weights with(Weights weights, String name, Tensor tensor) {
        Map<String, Tensor> tensors = new TreeMap<>(weights.tensors());
        tensors.put(name, tensor);
        return new Weights(Map.of(), tensors);
    }

    private static PhaseListener startsInto(List<Integer> begun) {
        return new PhaseListener() {
            @Override
            public void started(PhaseSettings settings, int epochsDone) {
                begun.add(epochsDone);
            }
        };
    }
}
