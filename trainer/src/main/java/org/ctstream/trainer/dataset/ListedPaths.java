package org.ctstream.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the files a list names, within the list's folder unless told otherwise. */
final class ListedPaths {
    private final Path folder;
    private final boolean allowOutside;

    ListedPaths(Path list, boolean allowOutside) {
        this.folder = list.toAbsolutePath().resolveSibling("").normalize();
        this.allowOutside = allowOutside;
    }

    /** The name of the list's folder. */
    String folderName() {
        Path name = folder.getFileName();
        return name == null ? "list" : name.toString();
    }

    /** @throws RowException if the text is no path, leads out of the folder, or there is no file */
    Path resolve(String text) throws RowException {
        Path path = parse(text);
        if (!allowOutside && !path.startsWith(folder)) {
            throw outside();
        }
        if (!Files.isRegularFile(path)) {
            throw new RowException(
                    "path",
                    "there is no such file",
                    "paths are relative to the list's folder; check spelling and case");
        }
        if (!allowOutside && !isReallyInside(path)) {
            throw outside();
        }
        return path;
    }

    private Path parse(String text) throws RowException {
        try {
            // Lists made on Windows are read everywhere.
            return folder.resolve(text.replace('\\', '/')).normalize();
        } catch (InvalidPathException e) {
            throw new RowException("path", "it is no path: " + e.getReason(), "correct the row");
        }
    }

    /** Also with links followed: a list that came with its images may have brought a link along. */
    private boolean isReallyInside(Path path) throws RowException {
        try {
            return path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new RowException(
                    "path", "it cannot be followed: " + e.getClass().getSimpleName(), "check the file");
        }
    }

    private static RowException outside() {
        return new RowException(
                "path",
                "it leads out of the list's folder",
                "move the list above its images, or allow it (--allow-outside) if you trust the list");
    }
}
