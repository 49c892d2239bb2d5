package org.ctstream.model.bundled;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.untrained.UntrainedRelease;

/**
 * The release that is served if nobody chooses one: the one the build took from the project's folder {@code models}, or
 * the untrained one if there is none.
 *
 * <p>The resource {@code models/default.txt} names it, as {@code name:version}; its files are the resources
 * {@code models/<name>/<version>/manifest.json}, {@code weights.safetensors} and {@code model-card.md}.
 */
public final class DefaultRelease {
    private static final String NAMED_IN = "models/default.txt";

    private DefaultRelease() {}

    /**
     * The default release from the store, copied there on first use. Several processes may ask at the same time.
     *
     * @throws ReleaseException.AlreadyExists if the store has another release of this name and version
     * @throws ReleaseException as {@link ModelStore#add} and {@link ModelStore#load} do
     */
    public static StoredRelease in(ModelStore store) {
        return in(store, DefaultRelease.class.getClassLoader());
    }

    /** Name and version of the bundled release; empty if the untrained one takes its place. */
    public static Optional<ReleaseId> bundled() {
        return named(DefaultRelease.class.getClassLoader());
    }

    /**
     * A release of the store; the bundled one is there without having been put in.
     *
     * @throws ReleaseException as {@link ModelStore#load} and {@link #in} do
     */
    public static StoredRelease find(ModelStore store, ReleaseId id) {
        boolean isBundled = bundled().filter(id::equals).isPresent();
        return isBundled && !store.contains(id) ? in(store) : store.load(id);
    }

    static StoredRelease in(ModelStore store, ClassLoader resources) {
        Optional<ReleaseId> id = named(resources);
        return id.isEmpty() ? UntrainedRelease.in(store) : store.add(new BundledFiles(id.get(), resources));
    }

    static Optional<ReleaseId> named(ClassLoader resources) {
        try (InputStream in = resources.getResourceAsStream(NAMED_IN)) {
            if (in == null) {
                return Optional.empty();
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Optional.of(ReleaseId.parse(text));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + NAMED_IN, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The resource " + NAMED_IN + " does not name a release: " + e.getMessage()
                            + "; write name:version of a folder beside it and build again",
                    e);
        }
    }
}
