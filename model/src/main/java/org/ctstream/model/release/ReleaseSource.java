package org.ctstream.model.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the files of one release can be read; its {@code toString} says where that is, for messages. */
public interface ReleaseSource {

    /**
     * Opens one of the release's files; the caller closes it.
     *
     * @param name {@code manifest.json}, {@code weights.safetensors} or {@code model-card.md}
     * @throws NoSuchFileException if there is no such file
     */
    InputStream open(String name) throws IOException;

    /** The release whose files are in this folder. */
    static ReleaseSource folder(Path folder) {
        return new ReleaseSource() {
            @Override
            public InputStream open(String name) throws IOException {
                return Files.newInputStream(folder.resolve(name));
            }

            @Override
            public String toString() {
                return "folder " + folder;
            }
        };
    }
}
