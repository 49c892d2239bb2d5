package org.ctstream.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.ctstream.cli.CliException;
import org.jspecify.annotations.Nullable;

/** Where a stack keeps its data: a folder the user named, or a temporary one that goes at the end. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final boolean temporary;
    private boolean keepLogs;

    private DataDirectory(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * The named folder, or a new temporary one.
     *
     * @throws CliException if it cannot be made
     */
    public static DataDirectory of(@Nullable Path named) {
        try {
            return named == null
                    ? new DataDirectory(Files.createTempDirectory("ctstream-"), true)
                    : new DataDirectory(Files.createDirectories(named).toAbsolutePath(), false);
        } catch (IOException e) {
            throw CliException.usage("Cannot make the data folder " + named + ": " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Spares the logs of a temporary folder, for somebody to look at; returns where they are. */
    public Path keepLogs() {
        keepLogs = true;
        return path.resolve("logs");
    }

    /** Deletes a temporary folder. */
    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        Path spared = keepLogs ? path.resolve("logs") : path.resolve("none");
        try {
            Files.walkFileTree(path, new Deletion(path, spared));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the temporary folder " + path, e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path spared;

        Deletion(Path root, Path spared) {
            this.root = root;
            this.spared = spared;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(spared) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (!directory.equals(root) || !Files.exists(spared)) {
                Files.deleteIfExists(directory);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
