package org.ctstream.model.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Sha256;
import org.ctstream.model.weights.Weights;

/** The files a release consists of. */
final class ReleaseFiles {
    static final String MANIFEST = "manifest.json";
    static final String WEIGHTS = "weights.safetensors";
    static final String CARD = "model-card.md";

    private ReleaseFiles() {}

    /**
     * Writes a release.
     *
     * @throws IllegalArgumentException if the manifest's digest is not that of the weights
     */
    static void write(Path folder, ModelRelease release, Weights weights, String card) throws IOException {
        Path file = folder.resolve(WEIGHTS);
        SafeTensors.write(weights, file);
        String digest = Sha256.of(file);
        if (!digest.equals(release.sha256())) {
            throw new IllegalArgumentException("release " + release.id() + " has digest " + release.sha256()
                    + " in its manifest, but its weights have " + digest);
        }
        if (!card.isBlank()) {
            Files.writeString(folder.resolve(CARD), card);
        }
        Manifest.write(release, folder.resolve(MANIFEST));
    }

    /** @throws ReleaseException.Unreadable if it is not there or not well-formed */
    static ModelRelease manifest(ReleaseSource source) {
        try (InputStream in = source.open(MANIFEST)) {
            return Manifest.read(in);
        } catch (IOException e) {
            throw new ReleaseException.Unreadable(
                    "cannot read the manifest " + MANIFEST + " of " + source + ": " + e, e);
        }
    }

    /**
     * Copies a release byte for byte; files it does not know stay behind.
     *
     * @param release the source's manifest
     * @throws ReleaseException.Corrupt if the weights' digest is not the manifest's
     */
    static void copy(ReleaseSource source, ModelRelease release, Path folder) throws IOException {
        copy(source, WEIGHTS, folder);
        String digest = Sha256.of(folder.resolve(WEIGHTS));
        if (!digest.equals(release.sha256())) {
            throw new ReleaseException.Corrupt("the weights of release " + release.id() + " from " + source
                    + " were changed or damaged: SHA-256 expected " + release.sha256() + ", found " + digest);
        }
        try {
            copy(source, CARD, folder);
        } catch (NoSuchFileException e) {
            // A card is for people; a release is complete without one.
        }
        copy(source, MANIFEST, folder);
    }

    private static void copy(ReleaseSource source, String name, Path folder) throws IOException {
        try (InputStream in = source.open(name)) {
            Files.copy(in, folder.resolve(name));
        }
    }
}
