package org.ctstream.service.dependency;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks whether a folder has anything in it: a share that is not mounted leaves an empty folder behind, and one that
 * hangs gives no answer.
 */
final class FolderProbe implements Probe {
    private final Path folder;
    private final boolean mayBeEmpty;

    /** @param mayBeEmpty whether a folder without anything in it is as it should be */
    FolderProbe(Path folder, boolean mayBeEmpty) {
        this.folder = folder;
        this.mayBeEmpty = mayBeEmpty;
    }

    @Override
    public void ask() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (!mayBeEmpty && !entries.iterator().hasNext()) {
                throw new IOException("the folder is empty (expected: at least one release; is the share mounted?)");
            }
        }
    }
}
