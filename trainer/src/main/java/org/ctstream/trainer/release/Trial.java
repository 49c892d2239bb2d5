package org.ctstream.trainer.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.model.files.FolderTree;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;

/** A release in a temporary store of its own, to be looked at before it is let into the real one. */
final class Trial implements AutoCloseable {
    private final Path folder;
    private final StoredRelease release;

    private Trial(Path folder, StoredRelease release) {
        this.folder = folder;
        this.release = release;
    }

    static Trial of(ModelRelease release, Weights weights) {
        try {
            Path folder = Files.createTempDirectory("ctstream-trial-");
            return new Trial(folder, new ModelStore(folder).save(release, weights));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the temporary folder for a trial of the release: " + e, e);
        }
    }

    StoredRelease release() {
        return release;
    }

    @Override
    public void close() {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary folder " + folder, e);
        }
    }
}
