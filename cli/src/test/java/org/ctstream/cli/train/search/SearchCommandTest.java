package org.ctstream.cli.train.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.trainer.history.RunHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short searches with a small network on phantoms. */
class SearchCommandTest {
    @TempDir
    private Path folder;

    private Path training = Path.of("");
    private Path validation = Path.of("");

    @BeforeEach
    void makeLists() throws IOException {
        training = list("train.csv", 0, 8);
        validation = list("validation.csv", 100, 104);
    }

    @Test
    void searchListsItsTrialsAndTheBestSettingsAndAddsMoreWhenAskedTo() throws IOException {
        CliRun first = search("--trials", "2", "--learning-rates", "0.001..0.05", "--batch-sizes", "4,8");
        CliRun more = search("--trials", "3", "--learning-rates", "0.001..0.05", "--batch-sizes", "4,8");

        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(first.out()).contains("validation AUC", "finetune.learning.rate=", "finetune.batch.size=");
        assertThat(more.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(folder.resolve("search")).isDirectoryContaining("glob:**/trial-0003");
        assertThat(Files.readAllLines(folder.resolve("search/results.csv"))).hasSize(4);
        assertThat(RunHistory.in(folder.resolve("search/trial-0001/history.jsonl"))
                        .epochs())
                .hasSize(2);
    }

    @Test
    void stageThatTheNetworkDoesNotHaveIsAUsageErrorBeforeTheFirstTrial() {
        CliRun run = search("--trials", "2", "--trainable", "layer9");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--trainable", "layer9", "layer3");
        assertThat(folder.resolve("search")).doesNotExist();
    }

    @Test
    void contrastivePhaseHasNoAucToSearchBy() {
        CliRun run = search("--phase", "contrast");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--phase", "contrast", "finetune");
    }

    @Test
    void trialThatDivergesIsListedAsFailedAndEndsNothing() throws IOException {
        // Each update multiplies the weights by -9 and more.
        CliRun run = search(
                "--trials",
                "2",
                "--learning-rates",
                "10..10",
                "--batch-sizes",
                "2",
                "--epochs",
                "40",
                "--trainable",
                "all",
                "-D",
                "finetune.weight.decay=1");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("training diverged", "# no trial has finished");
        assertThat(Files.readAllLines(folder.resolve("search/results.csv"))).hasSize(3);
    }

    private CliRun search(String... more) {
        var arguments = new ArrayList<>(List.of(
                "train",
                "search",
                "--folder",
                folder.resolve("search").toString(),
                "--dataset-folder",
                folder.resolve("dataset").toString(),
                "--train",
                training.toString(),
                "--validation",
                validation.toString(),
                "-D",
                "train.architecture=small-cnn",
                "-D",
                "train.micro.batch.size=4",
                "-D",
                "finetune.side=32"));
        if (!List.of(more).contains("--epochs")) {
            arguments.addAll(List.of("--epochs", "2"));
        }
        arguments.addAll(List.of(more));
        return CliRun.of(arguments.toArray(String[]::new));
    }

    private Path list(String name, int from, int to) throws IOException {
        var text = new StringBuilder("path,label\n");
        for (int i = from; i < to; i++) {
            boolean positive = i % 2 == 0;
            Files.write(
                    folder.resolve(i + ".png"),
                    new PhantomSlices(64).generate(i, positive).toPng());
            text.append(i).append(positive ? ".png,1\n" : ".png,0\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
