package org.ctstream.sink.models;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.releases.AnnouncedRelease;
import org.jspecify.annotations.Nullable;

/**
 * Whether a release's files are where its announcement says, as far as this machine can tell: the model store is the workers', and
 * the sink may not see it. Workers check the files themselves and keep what they serve if they do not fit.
 */
final class StoredFiles {
    private StoredFiles() {}

    /** Why it cannot be promoted, if this machine sees the store and the release is not in it. */
    static Optional<String> objection(AnnouncedRelease release) {
        Path root = root(release);
        if (root == null || !isSeen(root)) {
            return Optional.empty();
        }
        String where = "the model store " + root + " that its announcement names";
        try {
            String found = new ModelStore(root).manifest(release.id()).sha256();
            return found.equals(release.sha256())
                    ? Optional.empty()
                    : Optional.of(where + " has other weights under that name than were announced");
        } catch (ReleaseException e) {
            return Optional.of(where + " does not have it, or cannot be read");
        }
    }

    /** True if there is some release there; a folder that is merely there may be another machine's mount point. */
    private static boolean isSeen(Path root) {
        try {
            return Files.isDirectory(root) && !new ModelStore(root).list().isEmpty();
        } catch (ReleaseException e) {
            return false;
        }
    }

    /** The folder two above {@code <store>/<name>/<version>}; null if that is no folder of this machine's. */
    private static @Nullable Path root(AnnouncedRelease release) {
        try {
            var uri = URI.create(release.released().getUri());
            Path folder = "file".equals(uri.getScheme()) ? Path.of(uri) : null;
            return folder != null
                            && folder.endsWith(
                                    Path.of(release.id().name(), release.id().version()))
                    ? folder.resolve("../..").normalize()
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
