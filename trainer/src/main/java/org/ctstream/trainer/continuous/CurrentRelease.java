package org.ctstream.trainer.continuous;

import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;

/** The release that workers serve: the newest in production, or the one this program brings along. */
final class CurrentRelease {
    private final ModelStore store;

    CurrentRelease(ModelStore store) {
        this.store = store;
    }

    /**
     * The release, its weights checked.
     *
     * @throws ReleaseException if the store does not have it, or has another one of that name
     */
    StoredRelease of(ReleaseCatalogue catalogue) {
        if (catalogue.production().isEmpty()) {
            return DefaultRelease.in(store);
        }
        AnnouncedRelease announced = catalogue.production().get();
        StoredRelease stored = store.load(announced.id());
        if (!stored.release().sha256().equals(announced.sha256())) {
            throw new ReleaseException.Corrupt(
                    "the model store " + store.root() + " has another release " + announced.id()
                            + " than the one in production: SHA-256 expected " + announced.sha256() + ", found "
                            + stored.release().sha256() + "; copy the right one there");
        }
        return stored;
    }
}
