package org.ctstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    @Test
    void fullDiskLeavesTheOldContentAndNothingHalfWritten() throws Exception {
        Path file = folder.resolve("index.json");
        AtomicFiles.write(file, new byte[] {1, 2, 3});

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> AtomicFiles.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[] {9, 9}));
                    throw new IOException("No space left on device");
                }))
                .withMessageContainingAll("No space left on device", folder.toString(), "Remedy");

        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void laterContentReplacesEarlierAndFoldersAreMade() throws Exception {
        Path file = folder.resolve("a/b/c");
        AtomicFiles.write(file, new byte[] {1});
        AtomicFiles.write(file, new byte[] {2, 3});

        assertThat(Files.readAllBytes(file)).containsExactly(2, 3);
    }
}
