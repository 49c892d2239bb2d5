package org.ctstream.embedded.part;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ownership of a data directory by one process; the operating system takes it back when the process ends, however it
 * ends.
 */
public final class DirectoryLock implements AutoCloseable {

    /** How long to wait for a predecessor that is still ending, e.g. an orphan of a killed parent. */
    public static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String FILE_NAME = ".ctstream.lock";
    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the directory if it is absent and takes it.
     *
     * @param patience how long to wait for another owner to let go
     * @throws DirectoryInUseException if it is still owned after that time
     */
    public static DirectoryLock acquire(Path directory, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                while (tryLock(channel) == null) {
                    if (System.nanoTime() - deadline >= 0) {
                        throw new DirectoryInUseException(directory);
                    }
                    Thread.sleep(POLL_MILLIS);
                }
                return new DirectoryLock(channel);
            } catch (IOException | InterruptedException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedException(
                    "Cannot use data directory " + directory + " (" + e + "). Choose one that can be written.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while waiting for data directory " + directory, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close(); // releases the lock with it; the file stays, since deleting it would race with a new owner
        } catch (IOException e) {
            throw new EmbeddedException("Cannot release the lock of a data directory", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another owner inside this JVM
        }
    }
}
