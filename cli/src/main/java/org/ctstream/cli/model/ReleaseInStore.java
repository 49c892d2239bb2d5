package org.ctstream.cli.model;

import org.ctstream.cli.connect.StoreOption;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import picocli.CommandLine.Mixin;

/** The release of a model store that a command is about. */
final class ReleaseInStore {
    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private ReleaseArgument release = new ReleaseArgument();

    ModelStore store() {
        return store.store();
    }

    /** @throws org.ctstream.cli.CliException if the text is no {@code name:version} */
    ReleaseId id() {
        return release.id();
    }

    /** With the one the program brings along, as {@link ReleaseArgument#load}. */
    StoredRelease load() {
        return release.load(store());
    }
}
