package org.ctstream.model.release;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.ctstream.model.files.FolderTree;

/** Temporary folders and files of processes that were killed while they saved something. */
public final class Leftovers {
    /** Far longer than saving takes, so that no other process is still writing there. */
    private static final Duration AGE = Duration.ofDays(1);

    private Leftovers() {}

    /** Deletes what has this beginning of its name and has not changed for a day. */
    public static void delete(Path root, String prefix) {
        Instant before = Instant.now().minus(AGE);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, prefix + "*")) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    FolderTree.delete(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Another process deletes them too, or somebody else's cannot be deleted: they take room and do no harm.
        }
    }
}
