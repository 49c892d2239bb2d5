package org.ctstream.model.engine.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path parent;

    @Test
    void folderIsGoneOnceClosed() throws IOException {
        Path file;
        try (TemporaryFolder folder = TemporaryFolder.create("ctstream-network")) {
            file = Files.writeString(folder.file(), "network");
        }

        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void whatCannotBeDeletedStaysWithoutAnError() throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("ctstream-network");
        Path other = Files.writeString(folder.file().resolveSibling("other"), "not ours");

        folder.close();

        assertThat(other).exists();
        Files.delete(other);
        folder.close();
        assertThat(other.getParent()).doesNotExist();
    }

    @Test
    void onlyOldFoldersOfTheseKindsAreSweptAway() throws IOException {
        Instant now = Instant.now();
        Path killed = folder("ctstream-network12", now.minus(Duration.ofDays(2)));
        Path planned = folder("ctstream-plan12", now.minus(Duration.ofDays(2)));
        Path inUse = folder("ctstream-tensorrt12", now);
        Path other = folder("ctstream-trial-12", now.minus(Duration.ofDays(2)));

        TemporaryFolder.sweep(parent, now.minus(Duration.ofDays(1)));

        assertThat(killed).doesNotExist();
        assertThat(planned).doesNotExist();
        assertThat(inUse).exists();
        assertThat(other).exists();
    }

    private Path folder(String name, Instant changed) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve("network.onnx"), "network");
        return Files.setLastModifiedTime(folder, FileTime.from(changed));
    }
}
