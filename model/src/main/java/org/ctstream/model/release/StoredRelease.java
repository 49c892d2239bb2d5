package org.ctstream.model.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A release and where its weights are.
 *
 * @param release the manifest
 * @param weights the weights file, safetensors; its digest was the manifest's when the store gave it out
 */
public record StoredRelease(ModelRelease release, Path weights) {

    /** The folder with the release's files. */
    public Path folder() {
        return weights.resolveSibling("").toAbsolutePath().normalize();
    }

    /** The model card, if the release has one: what it was made from and for, and how good it is, in Markdown. */
    public Optional<Path> card() {
        return Optional.of(folder().resolve(ReleaseFiles.CARD)).filter(Files::exists);
    }
}
