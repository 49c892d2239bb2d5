package org.ctstream.model.release;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Forces what was written to the disk. */
public final class DiskSync {
    private DiskSync() {}

    /** Forces a folder and the files directly in it. */
    static void folderWithFiles(Path folder) throws IOException {
        for (Path file : filesIn(folder)) {
            file(file);
        }
        folder(folder);
    }

    /** Forces a file. */
    public static void file(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces a folder's list of names, where the platform can. */
    public static void folder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders, some network file systems force none; the files themselves were forced.
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
