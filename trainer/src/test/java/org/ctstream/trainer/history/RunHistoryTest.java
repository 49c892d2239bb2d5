package org.ctstream.trainer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void begin() {
        file = folder.resolve("history.jsonl");
    }

    @Test
    void epochsComeBackInOrderAlsoThoseWithoutAnAuc() {
        RunHistory history = RunHistory.in(file);
        history.add(epoch("finetune", 1, 0.7));
        history.add(epoch("finetune", 2, 0.6));
        EpochRecord unmeasured = new EpochRecord("contrast", 1, 2.5, 0.01, 0.5, Double.NaN, Double.NaN, Double.NaN);
        history.add(unmeasured);

        assertThat(RunHistory.in(file).epochs())
                .containsExactly(epoch("finetune", 1, 0.7), epoch("finetune", 2, 0.6), unmeasured);
        assertThat(file).content().hasLineCount(3);
    }

    @Test
    void epochThatIsDoneAgainReplacesWhatWasWrittenFromItOnInItsPhaseAlone() {
        RunHistory history = RunHistory.in(file);
        history.add(epoch("pretrain", 3, 0.9));
        history.add(epoch("finetune", 1, 0.7));
        history.add(epoch("finetune", 2, 0.6));
        history.add(epoch("finetune", 3, 0.5));

        RunHistory.in(file).add(epoch("finetune", 2, 0.55));

        assertThat(RunHistory.in(file).epochs())
                .containsExactly(epoch("pretrain", 3, 0.9), epoch("finetune", 1, 0.7), epoch("finetune", 2, 0.55));
    }

    @Test
    void onlyTheHistoryIsLeftInTheFolder() {
        RunHistory.in(file).add(epoch("finetune", 1, 0.7));

        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void damagedFileIsAnErrorThatNamesIt() throws Exception {
        Files.writeString(file, "{\"phase\":\"fine-t");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> RunHistory.in(file))
                .withMessageContaining(file.toString());
    }

    @Test
    void epochIsCountedFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epoch("finetune", 0, 0.7))
                .withMessageContaining("epoch 0");
    }

    private static EpochRecord epoch(String phase, int epoch, double loss) {
        return new EpochRecord(phase, epoch, 1.5, 0.007, loss, 0.8, loss + 0.1, 0.75);
    }
}
