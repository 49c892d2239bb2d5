package org.ctstream.cli.model;

import org.ctstream.cli.CliException;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;

/** A release on the command line. */
final class ReleaseArgument {
    private ReleaseArgument() {}

    /** @throws CliException if the text is no {@code name:version} */
    static ReleaseId parse(String text) {
        try {
            return ReleaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(e.getMessage() + " (\"ctstream model list\" shows them)", e);
        }
    }

    /**
     * The release, for commands that need no cluster: the one the program brings along is there without a store, too.
     * Throws as {@link ModelStore#load} does.
     */
    static StoredRelease load(ModelStore store, ReleaseId id) {
        boolean isDefault = DefaultRelease.bundled().filter(id::equals).isPresent();
        return isDefault && !store.contains(id) ? DefaultRelease.in(store) : store.load(id);
    }
}
