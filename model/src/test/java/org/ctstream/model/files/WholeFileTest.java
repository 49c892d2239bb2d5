package org.ctstream.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void fileTakesThePlaceOfALongerOneAndOfAnUnfinishedOne() throws IOException {
        Path file = folder.resolve("below/state.json");
        WholeFile.write(file, new byte[] {1, 2, 3});
        Files.write(folder.resolve("below/state.json.new"), new byte[] {9, 9, 9, 9, 9});

        WholeFile.write(file, new byte[] {4});

        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void fileBeforeIsUntouchedWhereTheNewOneCannotBeWritten() throws IOException {
        Path file = folder.resolve("state.json");
        WholeFile.write(file, new byte[] {1});
        Files.createDirectory(folder.resolve("state.json.new"));

        assertThatIOException().isThrownBy(() -> WholeFile.write(file, new byte[] {2}));

        assertThat(file).hasBinaryContent(new byte[] {1});
    }
}
