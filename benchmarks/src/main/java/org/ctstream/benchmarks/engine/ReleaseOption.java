package org.ctstream.benchmarks.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.ctstream.cli.stack.ReleaseChoice;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The release whose network is run. */
public final class ReleaseOption {
    @Option(
            names = "--release",
            paramLabel = "FOLDER",
            description = "Release to run: a folder with manifest.json and weights.safetensors. Default: the one this"
                    + " program brings along.")
    private @Nullable Path folder;

    /** For picocli. */
    public ReleaseOption() {}

    /**
     * The release, copied into a model store.
     *
     * @throws org.ctstream.model.release.ReleaseException if it cannot be read
     */
    public StoredRelease in(ModelStore store) {
        return folder == null ? DefaultRelease.in(store) : store.add(ReleaseSource.folder(folder));
    }

    /** The same for a stack; empty for the default. */
    public Optional<ReleaseChoice> choice() {
        return Optional.ofNullable(folder).map(wanted -> new ReleaseChoice(wanted.toString(), null));
    }
}
