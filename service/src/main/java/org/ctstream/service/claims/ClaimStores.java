package org.ctstream.service.claims;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.ctstream.service.objectstore.S3Clients;
import org.ctstream.service.objectstore.S3Folder;

/** Opens stores by their URI. */
public final class ClaimStores {
    /** For a scan of many MiB over a slow line, with the client's own repetitions. */
    private static final Duration S3_TIMEOUT = Duration.ofMinutes(2);

    private ClaimStores() {}

    /**
     * Opens one.
     *
     * @param uri {@code file:///folder}, which must exist, or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException if it is no such URI, the folder is not there, or nothing says where the object
     *     store is
     */
    public static ClaimStore open(URI uri) {
        try {
            return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
                case "file" -> folder(Path.of(uri));
                case "s3" -> new S3Store(S3Folder.of(uri), S3Clients.open(S3_TIMEOUT));
                default -> throw new IllegalArgumentException("its scheme is neither file: nor s3:");
            };
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "Cannot keep large scans in " + uri + ": " + e.getMessage()
                            + " (expected: for example file:///srv/scans/ or s3://scans/received/)",
                    e);
        }
    }

    private static ClaimStore folder(Path folder) {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "it is no folder this user may write to; make it first, below the mount point of a share");
        }
        return new FolderStore(folder);
    }
}
