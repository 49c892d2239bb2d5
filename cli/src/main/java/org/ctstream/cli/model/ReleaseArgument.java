package org.ctstream.cli.model;

import org.ctstream.cli.CliException;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import picocli.CommandLine.Parameters;

/** The release a command is about. */
final class ReleaseArgument {
    @Parameters(paramLabel = "NAME:VERSION", description = "The release.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String text;

    /** @throws CliException if the text is no {@code name:version} */
    ReleaseId id() {
        try {
            return ReleaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(e.getMessage() + " (\"ctstream model list\" shows them)", e);
        }
    }

    /** The release, for commands that need no cluster; throws as {@link #id} and {@link DefaultRelease#find} do. */
    StoredRelease load(ModelStore store) {
        return DefaultRelease.find(store, id());
    }
}
