package org.ctstream.cli.engine;

import org.ctstream.cli.CliException;
import org.ctstream.model.release.ModelRelease;

/** What commands that make slices ask of a release. */
final class Release {
    private Release() {}

    /**
     * Height and width of its slices.
     *
     * @throws CliException if they differ: slices are normalized to squares
     */
    static int side(ModelRelease release) {
        if (release.height() != release.width()) {
            throw CliException.usage(
                    "Release " + release.id() + " takes slices of " + release.height() + " x " + release.width()
                            + " (expected: squares, as scans are normalized to)",
                    null);
        }
        return release.height();
    }
}
