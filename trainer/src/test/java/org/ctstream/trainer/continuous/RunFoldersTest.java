package org.ctstream.trainer.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
    private static final Instant NOW = Instant.parse("2026-02-28T23:59:59Z");

    @TempDir
    private Path folder;

    @Test
    void versionIsTheTimeAndASecondLaterWhereThatIsTaken() throws IOException {
        var folders = new RunFolders(folder);

        assertThat(folders.newVersion(NOW, version -> false)).isEqualTo("20260228-235959");
        assertThat(folders.newVersion(NOW, "20260228-235959"::equals)).isEqualTo("20260301-000000");
        Files.createDirectories(folders.of("20260228-235959"));
        assertThat(folders.newVersion(NOW, version -> false)).isEqualTo("20260301-000000");
    }

    @Test
    void oldestRunsAreDeletedWithAllTheyHold() throws IOException {
        var folders = new RunFolders(folder);
        for (String version : new String[] {"20260101-000000", "20260102-000000", "20260103-000000"}) {
            Files.createDirectories(folders.of(version).resolve("phases/finetune"));
            Files.writeString(folders.of(version).resolve("phases/finetune/weights"), "w");
        }

        folders.keepNewest(2);

        assertThat(folders.of("20260101-000000")).doesNotExist();
        assertThat(folders.of("20260102-000000").resolve("phases/finetune/weights"))
                .exists();
        assertThat(folders.of("20260103-000000")).exists();
    }
}
