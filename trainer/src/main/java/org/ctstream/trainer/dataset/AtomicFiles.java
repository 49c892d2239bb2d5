package org.ctstream.trainer.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are either whole under their name or not there, whatever stops the process or fills the disk. */
final class AtomicFiles {
    /** What unfinished files end in; one that a killed process left behind is never read. */
    static final String UNFINISHED = ".tmp";

    private AtomicFiles() {}

    /** Writes a file's content. */
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** @throws DatasetException if it cannot be written; then nothing of it is left */
    static void write(Path target, byte[] content) {
        write(target, channel -> {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        });
    }

    static void write(Path target, Content content) {
        Path folder = target.toAbsolutePath().resolveSibling("");
        Path unfinished = folder.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                // Before the rename: a power cut may otherwise leave the name with zeros behind it.
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            DatasetException failure = new DatasetException(
                    "Cannot write to the data set's folder " + folder + ": " + e.getMessage()
                            + ". Nothing half-written is used. Remedy: make room there or name another folder, and run"
                            + " again.",
                    e);
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }
}
