package org.ctstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.checkpoint.CheckpointException;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.feed.TestSlices;
import org.ctstream.trainer.network.OneThread;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.PhaseSettings;
import org.ctstream.trainer.phase.SmallPhase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    @TempDir
    private static Path images;

    private static Dataset dataset;

    @TempDir
    private Path temp;

    private static final SmallPhase FIRST =
            SmallPhase.classification().name("pretrain").epochs(1);

    @BeforeAll
    static void make() throws Exception {
        OneThread.load();
        dataset = TestSlices.of(images, 4, 2);
    }

    @Test
    void threePhasesGoOnFromEachOthersBestWeightsAndLeaveEverythingInTheFolder() {
        List<PhaseSettings> phases = List.of(
                SmallPhase.classification()
                        .name("fine-tune")
                        .architecture("resnet18")
                        .trainable("layer4", "fc")
                        .epochs(1)
                        .build(),
                SmallPhase.contrastive()
                        .name("contrast")
                        .trainable("head")
                        .epochs(1)
                        .build(),
                SmallPhase.classification()
                        .name("classify")
                        .architecture("resnet18-embedding")
                        .trainable("classifier")
                        .epochs(1)
                        .build());

        List<FinishedPhase> finished = run(phases, dataset, 1).run();

        assertThat(finished)
                .extracting(phase -> phase.settings().name())
                .containsExactly("fine-tune", "contrast", "classify");
        Weights fineTuned = finished.get(0).best();
        Weights contrasted = finished.get(1).best();
        Weights classifying = finished.get(2).best();
        assertThat(contrasted.tensor("layer4.1.conv2.weight")).isEqualTo(fineTuned.tensor("layer4.1.conv2.weight"));
        assertThat(classifying.tensor("head.linear3.weight")).isEqualTo(contrasted.tensor("head.linear3.weight"));
        assertThat(classifying.tensor("classifier.weight")).isNotEqualTo(contrasted.tensor("classifier.weight"));
        Path folder = temp.resolve("run");
        assertThat(folder.resolve("run.json")).content().contains(dataset.fingerprint(), "v1", "fine-tune");
        assertThat(folder.resolve("history.jsonl")).content().hasLineCount(3);
        assertThat(folder.resolve("plots/loss.png")).exists();
        assertThat(folder.resolve("phases/classify/best-000001")).isDirectory();

        List<FinishedPhase> again = run(phases, dataset, 1).run();
        assertThat(again).isEqualTo(finished);
    }

    @Test
    void folderBegunWithAnotherDatasetSeedOrWeightsIsRefusedListingWhatDiffers() {
        run(List.of(FIRST.build()), dataset, 1).run();
        Dataset fewer =
                Datasets.fromCsv(Map.of(Split.TRAIN, List.of(images.resolve("train/list.csv"))), temp.resolve("cache"));

        assertThatExceptionOfType(RunException.class)
                .isThrownBy(() -> run(List.of(FIRST.build()), fewer, 2).run())
                .withMessageContainingAll(
                        dataset.fingerprint(),
                        fewer.fingerprint(),
                        "seed: begun with 1, now 2",
                        "give another folder, or delete this one");
        assertThatExceptionOfType(RunException.class)
                .isThrownBy(() -> run(List.of(FIRST.build()), dataset, 1, new InitialState(null, "other"))
                        .run())
                .withMessageContaining("initial weights");
    }

    @Test
    void folderBegunWithOtherSettingsIsRefusedListingBoth() {
        run(List.of(FIRST.build()), dataset, 1).run();
        PhaseSettings longer =
                SmallPhase.classification().name("pretrain").epochs(2).build();

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> run(List.of(longer), dataset, 1).run())
                .withMessageContainingAll("epochs=1", "epochs=2");
    }

    @Test
    void inputIsStandardisedByTheTrainingSetsOwnNumbersUnlessImageNetsAreWanted() {
        var statistics = dataset.statistics(Split.TRAIN);

        Standardisation own = run(List.of(FIRST.build()), dataset, 1).standardisation();
        Standardisation imagenet = new TrainingRun(
                        temp.resolve("imagenet"),
                        List.of(FIRST.build()),
                        dataset,
                        InitialState.RANDOM,
                        new RunSettings(1, true, Device.cpu(), 1, "v1"),
                        new PhaseListener() {})
                .standardisation();

        assertThat(own.mean()).allSatisfy(mean -> assertThat(mean).isCloseTo(statistics.mean(), within(1e-12)));
        assertThat(own.standardDeviation()).containsOnly(statistics.standardDeviation());
        assertThat(imagenet).isEqualTo(Standardisation.IMAGENET);
    }

    @Test
    void fileInPlaceOfTheFolderIsAnErrorThatNamesIt() throws Exception {
        Path taken = Files.writeString(temp.resolve("run"), "a file");

        assertThatExceptionOfType(RunException.class)
                .isThrownBy(() -> run(List.of(FIRST.build()), dataset, 1).run())
                .withMessageContaining(taken.toString());
    }

    @Test
    void datasetWithoutTrainingImagesIsRefused() {
        Dataset none = Datasets.fromCsv(Map.of(), temp.resolve("cache"));

        assertThatExceptionOfType(RunException.class)
                .isThrownBy(() -> run(List.of(FIRST.build()), none, 1))
                .withMessageContaining("no training images");
    }

    private TrainingRun run(List<PhaseSettings> phases, Dataset images, long seed) {
        return run(phases, images, seed, InitialState.RANDOM);
    }

    private TrainingRun run(List<PhaseSettings> phases, Dataset images, long seed, InitialState initial) {
        return new TrainingRun(
                temp.resolve("run"),
                phases,
                images,
                initial,
                new RunSettings(seed, false, Device.cpu(), 1, "v1"),
                new PhaseListener() {});
    }
}
