package org.ctstream.cli.shadow;

import org.ctstream.cli.CliException;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The release a candidate is held against. For one thread. */
final class AgainstOption {
    @Option(
            names = "--against",
            paramLabel = "NAME:VERSION",
            description = "The release whose results it is held against. Default: the one in production.")
    private @Nullable String against;

    /**
     * As announced, or as the store has it.
     *
     * @throws CliException if none is in production and none is named
     */
    Production choose(ReleaseCatalogue catalogue, ModelStore store, ReleaseId candidate) {
        if (against == null) {
            return catalogue
                    .production()
                    .map(Production::of)
                    .orElseThrow(() -> CliException.failure(
                            "No release is in production, so there is nothing to hold " + candidate
                                    + " against: name the release that workers serve with --against NAME:VERSION",
                            null));
        }
        ReleaseId id = id("--against", against);
        AnnouncedRelease announced = catalogue.find(id).orElse(null);
        return announced == null ? Production.of(DefaultRelease.find(store, id).release()) : Production.of(announced);
    }

    static ReleaseId id(String what, String text) {
        try {
            return ReleaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(what + ": " + e.getMessage() + " (\"ctstream model list\" shows them)", e);
        }
    }
}
