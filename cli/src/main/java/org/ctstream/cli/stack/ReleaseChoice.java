package org.ctstream.cli.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;

/**
 * A release somebody wants a stack to serve.
 *
 * @param wanted {@code name:version}, or a release's folder
 * @param elsewhere a model store to look into if the stack's own does not have it
 */
public record ReleaseChoice(String wanted, Path elsewhere) {

    /**
     * The release in the stack's own store, brought there if need be.
     *
     * @throws CliException if there is no such release
     * @throws org.ctstream.model.release.ReleaseException if it cannot be read or its weights are damaged
     */
    StoredRelease bringInto(ModelStore own) {
        if (Files.isDirectory(Path.of(wanted))) {
            return own.add(ReleaseSource.folder(Path.of(wanted)));
        }
        ReleaseId id = parse();
        if (own.contains(id)) {
            return own.load(id);
        }
        if (DefaultRelease.bundled().filter(id::equals).isPresent()) {
            return DefaultRelease.in(own);
        }
        var other = new ModelStore(elsewhere);
        if (other.contains(id)) {
            return own.add(ReleaseSource.folder(other.load(id).folder()));
        }
        throw CliException.usage(
                "There is no release " + id + " in the model store " + other.root() + ", which has " + other.list()
                        + ". Name another store with --model-store, or the release's folder with --model.",
                null);
    }

    private ReleaseId parse() {
        try {
            return ReleaseId.parse(wanted);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(
                    "--model " + wanted + " (expected: name:version of a release, or its folder): " + e.getMessage(),
                    e);
        }
    }
}
