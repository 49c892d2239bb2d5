package org.ctstream.service.claims;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A folder, which ingest sees under the same path. Who may read what is kept is for the folder's owner and umask to say. */
final class FolderStore implements ClaimStore {
    private final Path root;

    /** @param root an existing folder: one made here could lie beneath a share that is not mounted */
    FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public URI put(byte[] content, String sha256) throws IOException {
        Path file = root.resolve(ObjectName.of(sha256));
        Path folder = root.resolve(ObjectName.folder(sha256));
        Path draft = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            makeFolder(folder);
            try {
                write(draft, content);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            forceNames(folder);
            return file.toUri();
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? "" : ": " + e.getReason();
            throw new IOException(e.getClass().getSimpleName() + reason, e);
        }
    }

    /** A new folder's own entry has to be on the disk too, or a crash takes it with all that is in it. */
    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new IOException("the folder is gone");
        }
        Files.createDirectories(folder);
        forceNames(root);
    }

    private static void write(Path draft, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void forceNames(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders, some network file systems force none; the files themselves were forced.
        }
    }

    @Override
    public String describe() {
        return root.toUri().toString();
    }

    @Override
    public void close() {
        // Nothing is open between two scans.
    }
}
