package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailedRunTest {
    @Test
    void fullDiskIsTheDisksFaultHoweverDeepInTheCauses() {
        var full = new FileSystemException("checkpoint", null, "No space left on device");

        assertThat(failedBy(full)).isTrue();
        assertThat(failedBy(new IOException("while writing", full))).isTrue();
    }

    @Test
    void missingFileAndDamagedJsonAreNoWantOfRoom() {
        assertThat(failedBy(new NoSuchFileException("checkpoint"))).isFalse();
        assertThat(failedBy(new JsonParseException(null, "unexpected end"))).isFalse();
    }

    @Test
    void failureWithoutInputOrOutputIsNotTheDisksFault() {
        assertThat(storage(new IllegalStateException("diverged"))).isFalse();
    }

    private static boolean failedBy(IOException cause) {
        return storage(new IllegalStateException("run", new UncheckedIOException("writing", cause)));
    }

    private static boolean storage(RuntimeException failure) {
        return FailedRun.of(Snapshots.plan("s", Snapshots.trainable(0, 2), null), failure, 1_000)
                .storage();
    }
}
