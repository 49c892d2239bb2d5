package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.ctstream.service.error.FatalStageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderClaimTest {
    @TempDir
    private Path folder;

    @Test
    void secondTrainerIsKeptOutUntilTheFirstIsGone() {
        try (var first = FolderClaim.take(folder)) {
            assertThatExceptionOfType(FatalStageException.class)
                    .isThrownBy(() -> FolderClaim.take(first.folder()))
                    .withMessageContaining("Another trainer")
                    .withMessageContaining(TrainerKeys.FOLDER);
        }

        try (var second = FolderClaim.take(folder)) {
            assertThat(second.folder()).isEqualTo(folder);
        }
    }
}
