package org.ctstream.trainer.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps others from changing a data set's folder at the same time; the operating system frees it if the process dies. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws DatasetException if somebody else has it */
    static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new DatasetException(
                        "The data set's folder " + folder + " is being updated by somebody else. Remedy: wait until"
                                + " that is done, or name another folder.",
                        null);
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new DatasetException(
                    "Cannot use the data set's folder " + folder + ": " + e.getMessage()
                            + ". Remedy: name a folder this process may write to.",
                    e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DatasetException("Cannot free the data set's folder: " + e.getMessage(), e);
        }
    }
}
