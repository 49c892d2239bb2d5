package org.ctstream.cli.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import org.jspecify.annotations.Nullable;

/**
 * A release somebody wants a stack to serve.
 *
 * @param wanted {@code name:version}, or a release's folder
 * @param store model store the user named, which comes before the stack's own; null for none, and the usual one is looked
 *     into if the stack's own does not have the release
 */
public record ReleaseChoice(String wanted, @Nullable Path store) {

    /**
     * The release in the stack's own store, brought there if need be.
     *
     * @throws CliException if there is no such release
     * @throws org.ctstream.model.release.ReleaseException if it cannot be read, its weights are damaged, or the stack's
     *     own store has another release of its name and version
     */
    StoredRelease bringInto(ModelStore own) {
        if (Files.isDirectory(Path.of(wanted))) {
            return own.add(ReleaseSource.folder(Path.of(wanted)));
        }
        ReleaseId id = parse();
        ModelStore other = new ModelStore(store == null ? StoreOption.otherwise() : store);
        if (store != null && other.contains(id)) {
            return own.add(ReleaseSource.folder(other.load(id).folder()));
        }
        if (own.contains(id)) {
            return own.load(id);
        }
        if (DefaultRelease.bundled().filter(id::equals).isPresent()) {
            return DefaultRelease.in(own);
        }
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
