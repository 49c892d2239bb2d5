package org.ctstream.trainer.continuous;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/** Keeps a second trainer out of the folder, which would go on with the same run; freed when the process dies. */
final class FolderClaim implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;

    private FolderClaim(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws FatalStageException if another trainer has the folder, or it cannot be used */
    static FolderClaim take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new FatalStageException(
                        Stage.STORE,
                        "Another trainer uses the folder " + folder
                                + " (expected: one alone). Stop it, or give this one" + " another "
                                + TrainerKeys.FOLDER,
                        null);
            }
            return new FolderClaim(folder, channel);
        } catch (IOException e) {
            throw new FatalStageException(
                    Stage.STORE,
                    "Cannot use the trainer's folder " + folder + ": " + e + ". Give " + TrainerKeys.FOLDER
                            + " one that this process may write to",
                    e);
        }
    }

    Path folder() {
        return folder;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // a trainer in this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FatalStageException(Stage.STORE, "Cannot free the trainer's folder: " + e, e);
        }
    }
}
