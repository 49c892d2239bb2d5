package org.ctstream.cli.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which release a command is about. */
public final class ModelOptions {
    private static final String MANIFEST = "manifest.json";
    private static final String WEIGHTS = "weights.safetensors";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Release to use: name:version in the model store, a release's folder, or a weights file"
                    + " (safetensors) whose manifest stands beside it or is given with --manifest. Default: the"
                    + " release this program brings along.")
    private @Nullable String model;

    @Option(names = "--manifest", paramLabel = "FILE", description = "Manifest of a --model that is a weights file.")
    private @Nullable Path manifest;

    @Option(
            names = "--model-store",
            paramLabel = "DIR",
            description = "Model store in which to look for name:version. Default: " + StoreOption.VARIABLE
                    + ", or ctstream-data/models.")
    private @Nullable Path modelStore;

    /**
     * The release, its weights checked against the manifest.
     *
     * @param scratch empty folder that lives as long as the release is used
     * @throws CliException if there is no such release or it is damaged
     */
    public StoredRelease load(Path scratch) {
        try {
            return find(new ModelStore(scratch));
        } catch (ReleaseException | IllegalArgumentException e) {
            throw CliException.usage(
                    "Cannot use " + (model == null ? "the default release" : model) + ": " + e.getMessage(), e);
        }
    }

    private StoredRelease find(ModelStore scratch) {
        if (manifest != null && (model == null || !Files.isRegularFile(Path.of(model)))) {
            throw new IllegalArgumentException("--manifest goes with a --model that is a weights file");
        }
        if (model == null) {
            return DefaultRelease.in(scratch);
        }
        Path path = Path.of(model);
        if (Files.isDirectory(path)) {
            return scratch.add(ReleaseSource.folder(path));
        }
        if (Files.isRegularFile(path)) {
            return scratch.add(new WeightsFile(path, manifest == null ? path.resolveSibling(MANIFEST) : manifest));
        }
        if (!model.contains(":")) {
            throw new IllegalArgumentException("it is neither a folder, nor a file, nor name:version");
        }
        return new ModelStore(modelStore == null ? StoreOption.otherwise() : modelStore).load(ReleaseId.parse(model));
    }

    /** A release whose files are wherever the user has them. */
    private record WeightsFile(Path weights, Path manifest) implements ReleaseSource {
        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(
                    switch (name) {
                        case MANIFEST -> manifest;
                        case WEIGHTS -> weights;
                        default -> manifest.resolveSibling(name);
                    });
        }

        @Override
        public String toString() {
            return "manifest " + manifest + " and weights " + weights;
        }
    }
}
