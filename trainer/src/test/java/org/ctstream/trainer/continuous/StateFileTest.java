package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final LabelSnapshot LABELS = Snapshots.trainable(0, 3);

    @TempDir
    private Path folder;

    @Test
    void stateSurvivesTheProcess() {
        var failed = new FailedRun(Snapshots.plan("a", LABELS, "line:1"), "diverged", false, 17);
        var state = new TrainerState(LABELS, Snapshots.plan("b", LABELS, null), failed, 1_700_000_000_000L);

        new StateFile(folder.resolve("trainer")).save(state);

        assertThat(new StateFile(folder.resolve("trainer")).load()).isEqualTo(state);
    }

    @Test
    void trainerWithoutAFileBeginsWithNothing() {
        assertThat(new StateFile(folder).load()).isEqualTo(TrainerState.EMPTY);
    }

    @Test
    void damagedFileIsNoReasonNotToStart() throws IOException {
        Files.writeString(folder.resolve("state.json"), "{\"trained\":");

        assertThat(new StateFile(folder).load()).isEqualTo(TrainerState.EMPTY);
    }

    @Test
    void stateThatCannotBeWrittenLeavesTheOneBefore() throws IOException {
        var file = new StateFile(folder);
        file.save(TrainerState.EMPTY.waitingSince(1));
        Files.createDirectory(folder.resolve("state.json.new"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> file.save(TrainerState.EMPTY.waitingSince(2)))
                .withMessageContaining("state.json");
        assertThat(file.load().waitingSinceMillis()).isEqualTo(1);
    }

    @Test
    void startTriesARunAgainThatTheDiskStopped() {
        RunPlan plan = Snapshots.plan("a", LABELS, null);
        TrainerState stopped = TrainerState.EMPTY.begun(plan).failedWith(new FailedRun(plan, "disk full", true, 17));
        TrainerState diverged = TrainerState.EMPTY.begun(plan).failedWith(new FailedRun(plan, "diverged", false, 17));

        assertThat(stopped.started().failed()).isNull();
        assertThat(stopped.started().running()).isEqualTo(plan);
        assertThat(diverged.started().failed()).isNotNull();
        assertThat(diverged.started().running()).isNull();
    }
}
