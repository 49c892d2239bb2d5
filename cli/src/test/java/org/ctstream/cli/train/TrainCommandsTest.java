package org.ctstream.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.trainer.history.RunHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bright images are positive, dark ones negative: any network that works tells them apart. */
class TrainCommandsTest {
    private static final int SIDE = 48;

    @TempDir
    private Path folder;

    private Path training = Path.of("");
    private Path validation = Path.of("");

    @BeforeEach
    void makeLists() throws IOException {
        training = list("train.csv", 16, 1);
        validation = list("validation.csv", 8, 1_000);
    }

    @Test
    void aRunBecomesAReleaseThatEvaluates() {
        Path run = folder.resolve("run");
        Path store = folder.resolve("store");

        CliRun trained = train("run", run, 4);
        CliRun released = release(run, 4, "1.0.0");

        assertThat(trained.err()).isEmpty();
        assertThat(trained.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.resolve("plots")).isDirectoryContaining("glob:**/loss.png");
        assertThat(run.resolve("plots")).isDirectoryContaining("glob:**/auc.png");
        assertThat(RunHistory.in(run.resolve("history.jsonl")).epochs()).hasSize(4);
        assertThat(released.err()).isEmpty();
        assertThat(released.out()).contains("Next: ctstream model promote small-cnn:1.0.0 --store " + store);
        StoredRelease release = new ModelStore(store).load(new ReleaseId("small-cnn", "1.0.0"));
        assertThat(release.release().trained()).isTrue();
        assertThat(release.release().metrics()).containsEntry("validation.auc", 1.0);
        assertThat(release.card().orElseThrow()).content().contains("Not a medical device", "AUC | 1.000");
        CliRun evaluated = CliRun.of(
                "evaluate",
                "--model",
                "small-cnn:1.0.0",
                "--model-store",
                store.toString(),
                "--data",
                validation.toString());
        assertThat(evaluated.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(evaluated.out()).contains("1.0000");
    }

    @Test
    void aFinishedRunIsNotRunAgain() {
        Path run = folder.resolve("run");
        train("run", run, 2);

        CliRun again = train("run", run, 2);

        assertThat(again.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(again.out()).contains("best validation AUC").doesNotContain("train loss");
    }

    @Test
    void aRunIsNotResumedWithOtherSettings() {
        Path run = folder.resolve("run");
        train("run", run, 2);

        CliRun again = train("run", run, 3);

        assertThat(again.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(again.err()).contains("other settings", "begun with", "now");
    }

    @Test
    void checkPipelineSaysWhetherTheLossFalls() {
        CliRun run = CliRun.of(withLists(
                "train",
                "check-pipeline",
                "--folder",
                file("check"),
                "-D",
                "pretrain.epochs=3",
                "-D",
                "pretrain.side=32"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("the pipeline learns");
    }

    @Test
    void overfitBatchLearnsTheBatchAndDrawsIt() throws IOException {
        CliRun run = CliRun.of(withLists(
                "train",
                "overfit-batch",
                "--images",
                "4",
                "--side",
                "32",
                "--sheet",
                file("batch.png"),
                "-D",
                "train.architecture=small-cnn",
                "-D",
                "train.threads=1"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("4 of 4 images right");
        assertThat(ImageIO.read(folder.resolve("batch.png").toFile()).getWidth())
                .isGreaterThan(4 * 32);
    }

    @Test
    void previewDrawsEachImageWithItsCopies() throws IOException {
        CliRun run = CliRun.of(withLists(
                "train",
                "preview-augmentation",
                "--images",
                "2",
                "--copies",
                "3",
                "--augmentation",
                "strong,rotate=-5..5",
                "--sheet",
                file("sheet.png")));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("rotate=-5..5");
        assertThat(ImageIO.read(folder.resolve("sheet.png").toFile())).isNotNull();
    }

    @Test
    void anUnknownStageIsAnsweredWithTheStagesThereAre() {
        CliRun run = CliRun.of(withLists(
                "train",
                "run",
                "--folder",
                file("run"),
                "-D",
                "train.phases=finetune",
                "-D",
                "train.architecture=small-cnn",
                "-D",
                "finetune.trainable=denseblock9"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("denseblock9", "layer1");
    }

    private CliRun train(String command, Path run, int epochs) {
        return CliRun.of(withLists(settings(epochs, "train", command, "--folder", run.toString())));
    }

    private CliRun release(Path run, int epochs, String version) {
        return CliRun.of(withLists(settings(
                epochs,
                "train",
                "release",
                "--folder",
                run.toString(),
                "--version",
                version,
                "--model-store",
                file("store"),
                "--no-announce")));
    }

    private static String[] settings(int epochs, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String key : List.of(
                "train.phases=pretrain",
                "train.architecture=small-cnn",
                "train.threads=1",
                "train.micro.batch.size=8",
                "pretrain.batch.size=8",
                "pretrain.side=224",
                "pretrain.augmentation=none",
                "pretrain.epochs=" + epochs)) {
            all.add("-D");
            all.add(key);
        }
        return all.toArray(String[]::new);
    }

    private String[] withLists(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of(
                "--train",
                training.toString(),
                "--validation",
                validation.toString(),
                "--dataset-folder",
                file("dataset")));
        return all.toArray(String[]::new);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Path list(String name, int images, long seed) throws IOException {
        StringBuilder rows = new StringBuilder("path,label\n");
        for (int i = 0; i < images; i++) {
            boolean positive = i % 2 == 0;
            String file = name + "-" + i + ".png";
            ImageIO.write(
                    noise(positive ? 180 : 60, seed + i),
                    "png",
                    folder.resolve(file).toFile());
            rows.append(file)
                    .append(',')
                    .append(positive ? "COVID" : "NON_COVID")
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), rows);
    }

    private static BufferedImage noise(int grey, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.getRaster().setSample(x, y, 0, grey + random.nextInt(-40, 41));
            }
        }
        return image;
    }
}
