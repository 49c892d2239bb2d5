package org.ctstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ctstream.cli.CliException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanFilesTest {
    @TempDir
    Path directory;

    @Test
    void everyRegularFileIsFoundSortedAndHiddenOnesAreNot() throws IOException {
        file("b.png");
        file("a/notes.csv");
        file("a/no-extension");
        file(".DS_Store");
        file(".git/config");
        file("a/.thumbs/x.png");

        assertThat(ScanFiles.in(List.of(directory)))
                .extracting(ScanFiles.Found::name)
                .containsExactly("a/no-extension", "a/notes.csv", "b.png");
    }

    @Test
    void fileGivenByNameIsTakenEvenIfHidden() throws IOException {
        file(".hidden.dcm");

        assertThat(ScanFiles.in(List.of(directory.resolve(".hidden.dcm"))))
                .extracting(ScanFiles.Found::name)
                .containsExactly(".hidden.dcm");
    }

    @Test
    void folderGivenByALinkIsSearched() throws IOException {
        file("real/a/b.png");
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));

        assertThat(ScanFiles.in(List.of(link)))
                .extracting(ScanFiles.Found::name)
                .containsExactly("a/b.png");
    }

    @Test
    void absentPlaceIsNamed() {
        assertThatThrownBy(() -> ScanFiles.in(List.of(directory.resolve("gone"))))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("gone");
    }

    private void file(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, name);
    }
}
